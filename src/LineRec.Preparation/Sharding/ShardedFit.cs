using LineRec.Data;
using LineRec.Features;

namespace LineRec.Preparation;

/// <summary>
/// A fit of features by several processes or machines: each counts its share of the log's rows into a state file, one merges the files. The merged fit is that of one process, bit for bit,
/// since all that is taken from the log is whole numbers (docs/decisions/0010).
/// </summary>
/// <remarks>Thread-safe. All shards need the same spec, catalog, instant, files and users.</remarks>
/// <param name="spec">The features.</param>
/// <param name="catalog">The items.</param>
/// <param name="asOf">Only events strictly before this instant count.</param>
public sealed class ShardedFit(FeatureSpec spec, Catalog catalog, DateTimeOffset asOf)
{
    private static readonly string[] Columns = ["user_id", "item_id", "event_type", "timestamp"];

    private readonly DatasetVocabulary _items = new(catalog.Ids.ToArray());
    private readonly DatasetVocabulary _types = new(EventTypeNames.All.ToArray());

    /// <summary>The users of a log, numbered alike for all shards: the first column of a file that <see cref="PreparationQueries.Counters"/> made of users.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file.</exception>
    /// <exception cref="ArgumentException">It has no column entity_id of texts, or a user twice.</exception>
    public static DatasetVocabulary ReadUsers(string path)
    {
        var users = new List<string>();
        using var reader = ParquetDataset.Open(path, new DatasetOptions { Columns = ["entity_id"], ShuffleRows = 0 }).Read();
        while (reader.TryRead(out var batch))
        {
            var column = batch.Text("entity_id");
            for (int row = 0; row < batch.Count; row++) users.Add(column[row]!);
        }

        return new DatasetVocabulary(users);
    }

    /// <summary>Counts one share of the log's rows and saves the counts. Shares are even to a row (<see cref="DatasetOptions.Shard"/>).</summary>
    /// <param name="events">The events: a Parquet file or a folder of them.</param>
    /// <param name="users">The log's users, in the same order for every shard.</param>
    /// <param name="shard">Which share, 0 to <paramref name="shardCount"/> - 1.</param>
    /// <param name="shardCount">How many shares there are.</param>
    /// <param name="statePath">The file of the counts; one that is there is replaced. Equal counts make equal bytes.</param>
    /// <exception cref="InvalidDataException">A file is damaged, an event's type is unknown or its user isn't among <paramref name="users"/>.</exception>
    /// <exception cref="ArgumentException">A column isn't there or is of another type, or the share is out of range.</exception>
    public ShardReport Count(string events, DatasetVocabulary users, int shard, int shardCount, string statePath)
    {
        var fitter = new FeatureFitter(spec, catalog, asOf);
        var dataset = ParquetDataset.Open(events, new DatasetOptions
        {
            Columns = Columns, ShuffleRows = 0, Shard = shard, ShardCount = shardCount, Threads = 1,
            Vocabularies = new Dictionary<string, DatasetVocabulary> { ["user_id"] = users, ["item_id"] = _items, ["event_type"] = _types },
        });
        long rows = 0;
        EventType[] types = [];
        using var reader = dataset.Read();
        while (reader.TryRead(out var batch))
        {
            if (types.Length < batch.Count) types = new EventType[batch.Count];
            ReadOnlySpan<int> numbers = batch.Values<int>("user_id").Span, codes = batch.Values<int>("event_type").Span;
            for (int row = 0; row < batch.Count; row++)
            {
                if (numbers[row] < 0) throw new InvalidDataException($"'{events}' holds an event of a user that isn't among the {users.Count} given. List the users of these very files.");
                if (codes[row] < 0) throw new InvalidDataException($"'{events}' holds an event of an unknown type; types are {string.Join(", ", EventTypeNames.All.ToArray())}. Write one of these.");
                types[row] = (EventType)codes[row];
            }

            fitter.Add(numbers, batch.Values<int>("item_id").Span, types.AsSpan(0, batch.Count), batch.Values<long>("timestamp").Span);
            rows += batch.Count;
        }

        fitter.SaveState(statePath);
        return new ShardReport(rows, new FileInfo(statePath).Length);
    }

    /// <summary>Adds the counts of all shares and ends the fit: the same bits in whatever order the files come.</summary>
    /// <param name="statePaths">The files of <see cref="Count"/>, each share once.</param>
    /// <exception cref="ArgumentException">No file is given, or one was counted with another spec, catalog or instant.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public FittedFeatures Merge(IReadOnlyList<string> statePaths)
    {
        if (statePaths.Count == 0) throw new ArgumentException("No state file is given. Name those that the shards wrote.", nameof(statePaths));
        var fitter = new FeatureFitter(spec, catalog, asOf);
        foreach (string path in statePaths) fitter.MergeState(path);
        return fitter.Fit();
    }
}
