using System.Text.Json;
using LineRec.Data;
using LineRec.Features;
using LineRec.Onnx;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.Preparation;

/// <summary>Items through the item tower that serving would have: the graph, its tables and the fitted features.</summary>
internal sealed class ItemTowerRows : IDisposable
{
    private const string Description = "item_tower.json";

    private readonly Catalog _catalog;
    private readonly FittedFeatures _features;
    private readonly OnnxModel _model;
    private readonly Dictionary<string, NpyMatrix<float>> _tables = [];

    public ItemTowerRows(string folder, Catalog catalog, FittedFeatures features)
    {
        var description = JsonSerializer.Deserialize<ModelDescription>(File.ReadAllText(Path.Combine(folder, Description)))!;
        (_catalog, _features, _model) = (catalog, features, OnnxModel.Load("item_tower", Path.Combine(folder, description.File), description));
        foreach (string table in description.Inputs.Select(i => i.Table).OfType<string>()) _tables.Add(table, NpyMatrix<float>.Open(Path.Combine(folder, "tables", table + ".npy")));
    }

    public int Width => _model.OutputWidth;

    /// <summary>Trains a small tower and exports it.</summary>
    public static void Train(string folder, InteractionTable events, Catalog catalog, FittedFeatures features)
    {
        using var model = new TwoTowerTrainer(new TwoTowerOptions { Dimension = 64, Epochs = 1, ValidationShare = 0, CategoryDimension = 8, PopularityExponents = [0.05], Seed = 1 }).Train(events, catalog, features.Items);
        var export = model.Export(folder, features.Fingerprint);
        File.WriteAllText(Path.Combine(folder, Description), JsonSerializer.Serialize(export.ItemTower));
    }

    /// <summary>Embeds some rows of the catalog.</summary>
    public void Encode(int first, int count, Span<float> vectors)
    {
        using var batch = _model.Rent(count);
        for (int i = 0; i < _model.Description.Inputs.Count; i++)
        {
            var input = _model.Description.Inputs[i];
            var values = batch.Input(i);
            for (int row = 0; row < count; row++) RowOf(input, first + row)[..input.Width].CopyTo(values[(row * input.Width)..]);
        }

        batch.Run().CopyTo(vectors);
    }

    public void Dispose()
    {
        _model.Dispose();
        foreach (var table in _tables.Values) table.Dispose();
    }

    private ReadOnlySpan<float> RowOf(ModelInput input, int row) => input.Kind switch
    {
        ModelInputKind.Dense => _features.Items[row],
        _ when input.Table == "category" => _tables["category"][_catalog.Category!.Codes[row] + 1], // row 0 stands for a missing category
        _ => _tables[input.Table!][row],
    };
}
