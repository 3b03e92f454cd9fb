using LineRec.Features;
using LineRec.Onnx;
using Spectre.Console;

namespace LineRec.Bench.TwoTower;

/// <summary>The item features of a log, fitted to what is before its split; each set of them once.</summary>
internal sealed class AblationInputs(AblationLog log, AblationOptions options) : IDisposable
{
    private const int Words = 256;
    private const string Titles = "titles"; // the table's name
    private readonly Dictionary<AblationFeatures, NpyMatrix<float>?> _made = [];
    private NpyMatrix<float>? _titles;

    /// <summary>Whether the log, and what was given with it, has what the features are made of.</summary>
    public bool Has(AblationFeatures features) =>
        (!features.HasFlag(AblationFeatures.Words) || log.Catalog.Title is not null) && (!features.HasFlag(AblationFeatures.Titles) || (log.Catalog.Title is not null && options.TextModel is not null));

    /// <summary>The features [items, columns]; null for none.</summary>
    public NpyMatrix<float>? Of(AblationFeatures features)
    {
        if (features == AblationFeatures.None) return null;
        if (!_made.TryGetValue(features, out var matrix)) _made.Add(features, matrix = Make(features));
        return matrix;
    }

    public void Dispose()
    {
        foreach (var matrix in _made.Values) matrix?.Dispose();
        _titles?.Dispose();
    }

    private NpyMatrix<float>? Make(AblationFeatures features)
    {
        var spec = FeatureSpec.Create(s => s.History(new HistoryPooling()).Item(item =>
        {
            if (features.HasFlag(AblationFeatures.Counts))
            {
                item.Counts().RecentCounts().Repeats().WilsonCvr();
                if (log.HasImpressions) item.WilsonCtr();
            }

            if (features.HasFlag(AblationFeatures.Price) && log.Catalog.Price is not null) item.LogNumber(CatalogColumns.Price);
            if (features.HasFlag(AblationFeatures.Words)) item.MultiHot(CatalogColumns.Title, " ", Words);
            if (features.HasFlag(AblationFeatures.Category)) item.MultiHot(CatalogColumns.Category, "/", 128);
            if (features.HasFlag(AblationFeatures.Titles)) item.Table(Titles);
        }));
        var fitter = new FeatureFitter(spec, log.Catalog, log.Split);
        fitter.Add(log.Known);
        using var fitted = fitter.Fit();
        using var encoder = FeatureEncoder.Create(fitted, log.Catalog, _ => _titles ??= EmbedTitles());
        return encoder.ItemWidth == 0 ? null : new NpyMatrix<float>(encoder.ItemBlock.Slice(0, log.Catalog.Count).ToArray(), encoder.ItemWidth);
    }

    private NpyMatrix<float> EmbedTitles()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-titles-").FullName;
        try
        {
            using var encoder = BertTextEncoder.Load(Path.Combine(options.TextModel!, "model.onnx"), Path.Combine(options.TextModel!, "vocab.txt"), new() { ThreadCount = Environment.ProcessorCount });
            using var cache = options.TextCache is { } kept ? TextEmbeddingCache.Open(kept, encoder.Dimension) : null;
            string path = Path.Combine(folder, "titles.npy");
            var report = TextTable.Write(path, encoder, log.Catalog.Title!, cache);
            AnsiConsole.WriteLine($"{report.Encoded:N0} titles encoded, {report.Cached:N0} taken from the cache");
            using var table = NpyMatrix<float>.Open(path);
            return new NpyMatrix<float>(table.Slice(0, table.Rows).ToArray(), table.Columns);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
