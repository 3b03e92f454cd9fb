using LineRec.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>A trained two-tower model: encodes users and items, and writes what a bundle needs of it.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class TwoTowerModel : IDisposable
{
    private const int EncodeRows = 4096;
    private readonly TwoTowerOptions _options;
    private readonly TwoTowerNetwork _network;
    private readonly ItemInputs _inputs;
    private readonly int[] _counts;
    private readonly long _lastEvent;
    private readonly float[] _scales;
    private readonly NewItemRows _newItems;

    internal TwoTowerModel(TwoTowerOptions options, TwoTowerNetwork network, ItemInputs inputs, int[] counts, long lastEvent, TwoTowerReport report)
    {
        (_options, _network, _inputs, _counts, _lastEvent, Report) = (options, network, inputs, counts, lastEvent, report);
        _scales = Popularity.Scales(counts, report.PopularityExponent);
        _newItems = new NewItemRows(network.ItemTables, counts);
        ItemTable = new NpyMatrix<float>(network.Items.Values, options.Dimension);
        ItemVectors = new NpyMatrix<float>(EncodeItems(), options.Dimension);
    }

    /// <summary>How the training went.</summary>
    public TwoTowerReport Report { get; internal set; }

    /// <summary>How histories are pooled; serving must pool with the same.</summary>
    public HistoryPooling HistoryPooling => _options.HistoryPooling;

    /// <summary>The raw item rows [items, Dimension], shared by both towers (where histories have no table of their own) and by rankers.</summary>
    public NpyMatrix<float> ItemTable { get; }

    /// <summary>The final item vectors [items, Dimension]; the inner product with a user's vector is the score.</summary>
    public NpyMatrix<float> ItemVectors { get; private set; }

    /// <summary>
    /// Gives items that training never saw a row of the item table: what ridge regression on the trained items' rows makes of their attributes. So they are found, and in a
    /// history they say what they are. Rows and vectors of trained items stay, to the bit. Call it before <see cref="Export"/>; a later call takes an earlier one's place.
    /// </summary>
    /// <param name="attributes">
    /// What is known of all items at once, new ones included [items, width]: category, words of the title, its embedding, price; not counts, which new items don't have.
    /// NaN counts as the column's mean.
    /// </param>
    /// <exception cref="ArgumentException">The rows aren't those of the catalog, or a value is infinite.</exception>
    /// <exception cref="InvalidOperationException">Too few items were trained to learn from.</exception>
    public NewItemsReport PlaceNewItems(NpyMatrix<float> attributes)
    {
        if (attributes.Rows != _inputs.Count) throw new ArgumentException($"The attributes have {attributes.Rows} rows, the catalog {_inputs.Count}; encode the same catalog.", nameof(attributes));
        var report = _newItems.Place(attributes);
        ItemVectors.Dispose();
        ItemVectors = new NpyMatrix<float>(EncodeItems(), _options.Dimension);
        return report;
    }

    /// <summary>What a later training goes on from (<see cref="TwoTowerTrainer.Continue"/>): save it beside the bundle, not in it.</summary>
    public TwoTowerState State
    {
        get
        {
            var weights = TwoTowerWeights.Of(_network);
            _newItems.Forget(weights.Items);
            if (weights.Histories is { } histories) _newItems.Forget(histories);
            var document = new TwoTowerStateDocument
            {
                TrainedUntil = DateTimeOffset.FromUnixTimeMilliseconds(_lastEvent), Dimension = _options.Dimension, CategoryDimension = _network.Categories?.Width ?? 0,
                UserHiddenWidth = _options.UserHiddenWidth, ItemHiddenWidth = _options.ItemHiddenWidth, HistoryPooling = _options.HistoryPooling, SequenceModel = _options.SequenceModel,
                FeatureNames = _options.FeatureNames, FeatureScale = _inputs.FeatureScale, DenseLengths = [.. weights.Dense.Select(p => p.Length)], PopularityExponent = Report.PopularityExponent,
            };
            var keys = new TwoTowerStateKeys([.. _inputs.Catalog.Ids], _network.Categories is null ? null : [.. _inputs.Catalog.Category!.Values]);
            return new TwoTowerState(document, keys, weights, ItemVectors.Slice(0, ItemVectors.Rows).ToArray(), _counts);
        }
    }

    /// <summary>The vectors of users after all of their events.</summary>
    /// <param name="events">The users' events; cut them at the moment wanted (<see cref="InteractionTable.Before"/>).</param>
    /// <returns>[users, Dimension]; a row of zeros for a user whose history pools nothing.</returns>
    public NpyMatrix<float> EncodeUsers(InteractionTable events) =>
        new(_network.EncodeUsers(events, [.. Enumerable.Range(0, events.UserCount).Select(u => (events.Offsets[u], events.Offsets[u + 1]))]), _options.Dimension);

    /// <summary>
    /// Writes tables/item.npy, the histories' table (where it is another one), tables/category.npy (where there are categories), tables/scale.npy (the lengths that popularity gives
    /// item vectors), items.npy, user_tower.onnx and item_tower.onnx.
    /// </summary>
    /// <param name="directory">The bundle's folder; made if it isn't there.</param>
    /// <param name="fingerprint">The fingerprint of the feature state that the dense features were encoded with; "" without.</param>
    /// <returns>The models' entries of the manifest: "user_tower" and "item_tower".</returns>
    public TwoTowerExport Export(string directory, string fingerprint)
    {
        string tables = Directory.CreateDirectory(Path.Combine(directory, "tables")).FullName;
        Save(_network.Items.Values, _options.Dimension, TwoTowerTables.Item);
        if (!_options.SharesItemTable) Save(_network.Histories.Values, _options.Dimension, HistoryPooling.Table);
        Save(_scales, 1, TwoTowerTables.Scale);
        List<ModelInput> itemInputs = [new("item", ModelInputKind.Gathered, _options.Dimension, Table: TwoTowerTables.Item)];
        if (_network.Categories is { } categories)
        {
            Save(categories.Values, categories.Width, TwoTowerTables.Category);
            itemInputs.Add(new ModelInput("category", ModelInputKind.Gathered, categories.Width, Table: TwoTowerTables.Category));
        }

        if (_inputs.Features is { } features) itemInputs.Add(new ModelInput("dense", ModelInputKind.Dense, features.Columns, Block: "item"));
        itemInputs.Add(new ModelInput("scale", ModelInputKind.Gathered, 1, Table: TwoTowerTables.Scale));
        ItemVectors.Save(Path.Combine(directory, "items.npy"));
        File.WriteAllBytes(Path.Combine(directory, "user_tower.onnx"), _network.UserTower.ToOnnx());
        File.WriteAllBytes(Path.Combine(directory, "item_tower.onnx"), _network.ItemTower.ToOnnx());
        return new TwoTowerExport(
            new ModelDescription("user_tower.onnx", _network.UserTower.Describe(HistoryPooling.Table), "vector", fingerprint),
            new ModelDescription("item_tower.onnx", itemInputs, "vector", fingerprint),
            HistoryPooling);

        void Save(float[] values, int columns, string table)
        {
            using var matrix = new NpyMatrix<float>(values, columns);
            matrix.Save(Path.Combine(tables, $"{table}.npy"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        ItemTable.Dispose();
        ItemVectors.Dispose();
    }

    private float[] EncodeItems()
    {
        int width = _options.Dimension;
        var vectors = new float[checked(_inputs.Count * width)];
        for (int from = 0; from < _inputs.Count; from += EncodeRows)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(EncodeRows, _inputs.Count - from);
            var scales = tensor(_scales.AsSpan(from, count).ToArray()).unsqueeze(1);
            (_network.EncodeItems([.. Enumerable.Range(from, count)]) * scales).Floats().CopyTo(vectors.AsSpan(from * width));
        }

        return vectors;
    }
}
