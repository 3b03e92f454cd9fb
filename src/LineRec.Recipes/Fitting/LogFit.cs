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
    private readonly ShopLog _log = ShopLog.Open(data);

    /// <summary>Counts one share of the log. One that is there already, of the same log and code, is left as it is.</summary>
    /// <param name="shard">Which share, from 1.</param>
    /// <param name="shards">How many there are.</param>
    /// <param name="folder">The share's folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The share, and whether it was counted now.</returns>
    /// <exception cref="RecipeException">The log has no file of events up to the date.</exception>
    public (FitShare Share, bool Ran) Count(int shard, int shards, string folder, CancellationToken cancellationToken)
    {
        var day = date ?? LogFingerprint.LastDate(_log);
        var inputs = Inputs(day);
        if (FitShare.Find(folder) is { } there && (there.Shard, there.Shards, there.Date) == (shard, shards, PipelineRun.Text(day)) && there.Inputs.SequenceEqual(inputs)) return (there, false);
        var events = LogFingerprint.Events(_log, day).SelectMany(DatasetSource.At).ToList();
        if (events.Count == 0) throw Empty(day);
        bool hasImpressions = HasImpressions(events, day);
        Directory.CreateDirectory(folder);
        string counts = FitShare.CountsFile(folder);
        var report = Fit(day, hasImpressions).Count(events, ShardedFit.ListUsers(events), shard - 1, shards, counts, cancellationToken);
        var share = new FitShare
        {
            Shard = shard,
            Shards = shards,
            Date = PipelineRun.Text(day),
            Inputs = inputs,
            HasImpressions = hasImpressions,
            Rows = report.Rows,
            StateBytes = report.StateBytes,
            Counts = FileFingerprint.Of(counts),
        };
        share.Write(folder);
        return (share, true);
    }

    /// <summary>Adds all shares up and writes the features.</summary>
    /// <param name="folders">The shares' folders, in any order.</param>
    /// <param name="output">Receives features.json and features_items.npy.</param>
    /// <exception cref="RecipeException">A share is missing or twice there, or they weren't counted from one log, this one, by this code.</exception>
    public FitResult Merge(IReadOnlyList<string> folders, string output)
    {
        (string Folder, FitShare Share)[] shares = [.. folders.Select(f => (f, FitShare.Read(f)))];
        RequireWhole(shares);
        var first = shares[0].Share;
        var day = PipelineRun.Parse(first.Date);
        if (Differing(first.Inputs, Inputs(day)) is { } changed)
            throw new RecipeException(RecipeFault.Input, $"'{folders[0]}' was counted from another {changed} than that of '{data}' and this build of linerec. Count all shares anew, or give the --data that they were counted from.");
        using var fitted = Fit(day, first.HasImpressions).Merge([.. folders.Select(FitShare.CountsFile)]);
        if (fitted.EventCount == 0) throw Empty(day);
        Save(fitted, output);
        return new FitResult(Path.GetFullPath(output), first.Date, fitted.Fingerprint, fitted.EventCount, fitted.ItemCount, first.Shards);
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
            Count(1, 1, scratch, cancellationToken);
            return Merge([scratch], output);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void RequireWhole((string Folder, FitShare Share)[] shares)
    {
        var first = shares[0].Share;
        foreach (var (folder, share) in shares)
        {
            string? other = share.Shards != first.Shards ? "number of shares" : share.Date != first.Date ? "date" : Differing(share.Inputs, first.Inputs);
            if (other is not null) throw new RecipeException(RecipeFault.Input, $"'{folder}' and '{shares[0].Folder}' were counted with another {other}. Count all shares with the same --data, --date, number of shares and build of linerec.");
        }

        if (shares.GroupBy(s => s.Share.Shard).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RecipeException(RecipeFault.Input, $"{string.Join(" and ", twice.Select(s => $"'{s.Folder}'"))} are both share {twice.Key} of {first.Shards}. Name each share once.");
        int[] missing = [.. Enumerable.Range(1, first.Shards).Except(shares.Select(s => s.Share.Shard))];
        if (missing.Length == 0) return;
        throw new RecipeException(
            RecipeFault.NotReady, $"Of {first.Shards} shares {string.Join(", ", missing)} {(missing.Length == 1 ? "isn't" : "aren't")} named. Count what is missing, by 'linerec fit --shard {missing[0]}/{first.Shards}', and name all after --merge.");
    }

    /// <summary>Which input differs first; null where all are equal.</summary>
    private static string? Differing(SortedDictionary<string, string> one, SortedDictionary<string, string> other) =>
        one.Keys.Union(other.Keys).FirstOrDefault(k => one.GetValueOrDefault(k) != other.GetValueOrDefault(k));

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

    private SortedDictionary<string, string> Inputs(DateOnly day) => new(StringComparer.Ordinal) { ["code"] = CodeVersion.Current, ["log"] = LogFingerprint.OfEnds(data, day) };

    private ShardedFit Fit(DateOnly day, bool hasImpressions)
    {
        var catalog = _log.ReadCatalog();
        return new ShardedFit(ShopFeatures.Declare(catalog, TowerRecipe.HistoryPooling, hasImpressions), catalog, PipelineRun.EndOf(day));
    }

    private RecipeException Empty(DateOnly day) => new(RecipeFault.Input, $"The log '{data}' has no event up to {PipelineRun.Text(day)}. Give a later --date, or the folder of another log to --data.");
}
