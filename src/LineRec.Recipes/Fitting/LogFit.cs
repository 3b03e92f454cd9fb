using LineRec.Data;
using LineRec.Features;
using LineRec.Preparation;

namespace LineRec.Recipes;

/// <summary>
/// The fit of the shop's features to a log up to the end of a day, by one process or by several that each count a share: the same bytes either way, and those of the pipeline's step features.
/// </summary>
/// <param name="data">The log's folder.</param>
/// <param name="date">The last day that counts; null for the log's last.</param>
internal sealed class LogFit(string data, DateOnly? date)
{
    /// <summary>The folders of shares.</summary>
    public static readonly ShareFolders<FitCounts> Folders = new("fit", "--data");

    private const string CountsFile = "counts", DateInput = "date";

    private readonly ShopLog _log = ShopLog.Open(data);

    /// <summary>The last day that counts in a share.</summary>
    public static string DateOf(Share<FitCounts> share) => share.Inputs[DateInput];

    /// <summary>Counts one share of the log. One that is there already, of the same log and code, is left as it is.</summary>
    /// <param name="number">Which share.</param>
    /// <param name="folder">The share's folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The share, and whether it was counted now.</returns>
    /// <exception cref="RecipeException">The log has no file of events up to the date.</exception>
    public (Share<FitCounts> Share, bool Ran) Count(ShareNumber number, string folder, CancellationToken cancellationToken)
    {
        var day = date ?? LogFingerprint.LastDate(_log);
        return Folders.Make(number, Inputs(day), folder, () =>
        {
            var events = LogFingerprint.Events(_log, day).SelectMany(DatasetSource.At).ToList();
            if (events.Count == 0) throw Empty(day);
            bool hasImpressions = HasImpressions(events, day);
            Directory.CreateDirectory(folder);
            var report = Fit(day, hasImpressions).Count(events, ShardedFit.ListUsers(events), number.Shard - 1, number.Shards, Path.Combine(folder, CountsFile), cancellationToken);
            return (new FitCounts(report.Rows, hasImpressions), [CountsFile]);
        });
    }

    /// <summary>Adds all shares up and writes the features.</summary>
    /// <param name="folders">The shares' folders, in any order.</param>
    /// <param name="output">Receives features.json and features_items.npy.</param>
    /// <exception cref="RecipeException">A share is missing or twice there, or they weren't counted from one log, this one, by this code.</exception>
    public FitResult Merge(IReadOnlyList<string> folders, string output)
    {
        var shares = Folders.ReadAll(folders);
        var first = shares[0].Share;
        var day = PipelineRun.Parse(DateOf(first));
        Folders.RequireOf(shares[0], Inputs(day), data);
        using var fitted = Fit(day, first.Result.HasImpressions).Merge([.. shares.Select(s => Path.Combine(s.Folder, CountsFile))]);
        if (fitted.EventCount == 0) throw Empty(day);
        Save(fitted, output);
        return new FitResult(Path.GetFullPath(output), DateOf(first), fitted.Fingerprint, fitted.EventCount, fitted.ItemCount, first.Shards);
    }

    /// <summary>Fits by this process alone.</summary>
    /// <param name="output">Receives features.json and features_items.npy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecipeException">The log has no event up to the date.</exception>
    public FitResult Run(string output, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("linerec-fit-").FullName;
        try
        {
            Count(ShareNumber.Whole, scratch, cancellationToken);
            return Merge([scratch], output);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static bool HasImpressions(IReadOnlyList<DatasetSource> events, DateOnly day)
    {
        var condition = DatasetCondition.Equal("event_type", EventTypeNames.Of(EventType.Impression));
        using var reader = ParquetDataset.Open(events, new DatasetOptions { Columns = ["event_type"], Where = [condition, DatasetCondition.Below("timestamp", PipelineRun.EndOf(day))], ShuffleRows = 0, Threads = 1 }).Read();
        return reader.TryRead(out _);
    }

    /// <summary>Features without features.json are none: a killed process leaves the old ones, the new ones, or none.</summary>
    private static void Save(FittedFeatures fitted, string output)
    {
        string aside = Path.Combine(output, ".making"), document = Path.Combine(output, FittedFeatures.DocumentFile);
        Directory.CreateDirectory(aside);
        fitted.Save(aside);
        File.Delete(document);
        File.Move(Path.Combine(aside, FittedFeatures.ItemsFile), Path.Combine(output, FittedFeatures.ItemsFile), overwrite: true);
        File.Move(Path.Combine(aside, FittedFeatures.DocumentFile), document);
        Directory.Delete(aside, recursive: true);
    }

    private SortedDictionary<string, string> Inputs(DateOnly day) => new(StringComparer.Ordinal) { ["code"] = CodeVersion.Current, [DateInput] = PipelineRun.Text(day), ["log"] = LogFingerprint.OfEnds(data, day) };

    private ShardedFit Fit(DateOnly day, bool hasImpressions)
    {
        var catalog = _log.ReadCatalog();
        return new ShardedFit(ShopFeatures.Declare(catalog, TowerRecipe.HistoryPooling, hasImpressions), catalog, PipelineRun.EndOf(day));
    }

    private RecipeException Empty(DateOnly day) => new(RecipeFault.Input, $"The log '{data}' has no event up to {PipelineRun.Text(day)}. Give a later --date, or the folder of another log to --data.");
}
