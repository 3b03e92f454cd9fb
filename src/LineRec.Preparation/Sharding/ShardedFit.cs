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
    private const int UserBatch = 1 << 16; // rows in which each user is looked at once

    private static readonly string[] Columns = ["user_id", "item_id", "event_type", "timestamp"];

    private readonly DatasetVocabulary _items = new(catalog.Ids.ToArray());
    private readonly DatasetVocabulary _types = new(EventTypeNames.All.ToArray());

    /// <summary>The users of a log, numbered alike by everyone who asks: in ordinal order. Reads one column. O(events).</summary>
    /// <param name="events">The files of the events.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="ArgumentException">There is no column user_id of texts.</exception>
    public static DatasetVocabulary ListUsers(IEnumerable<DatasetSource> events)
    {
        var users = new HashSet<string>(StringComparer.Ordinal);
        using var reader = ParquetDataset.Open(events, new DatasetOptions { Columns = ["user_id"], ShuffleRows = 0, BatchSize = UserBatch }).Read();
        while (reader.TryRead(out var batch))
        {
            var column = batch.Text("user_id");
            var isListed = new bool[column.Texts.Count];
            foreach (int code in column.Codes.Span)
            {
                if (code < 0 || isListed[code]) continue;
                isListed[code] = true;
                users.Add(column.Texts[code]);
            }
        }

        return new DatasetVocabulary(users.Order(StringComparer.Ordinal));
    }

    /// <summary>Counts one share of the log's rows and saves the counts. Shares are even to a row (<see cref="DatasetOptions.Shard"/>).</summary>
    /// <param name="events">The files of the events, the same ones for every shard.</param>
    /// <param name="users">What <see cref="ListUsers"/> said of these files.</param>
    /// <param name="shard">Which share, 0 to <paramref name="shardCount"/> - 1.</param>
    /// <param name="shardCount">How many shares there are.</param>
    /// <param name="statePath">The file of the counts; one that is there is replaced. Equal counts make equal bytes.</param>
    /// <param name="cancellationToken">Ends it; no file is written then.</param>
    /// <exception cref="InvalidDataException">A file is damaged, an event's type is unknown or its user isn't among <paramref name="users"/>.</exception>
    /// <exception cref="ArgumentException">A column isn't there or is of another type, or the share is out of range.</exception>
    public ShardReport Count(IEnumerable<DatasetSource> events, DatasetVocabulary users, int shard, int shardCount, string statePath, CancellationToken cancellationToken = default)
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
            cancellationToken.ThrowIfCancellationRequested();
            if (types.Length < batch.Count) types = new EventType[batch.Count];
            ReadOnlySpan<int> numbers = batch.Values<int>("user_id").Span, codes = batch.Values<int>("event_type").Span;
            for (int row = 0; row < batch.Count; row++)
            {
                if (numbers[row] < 0) throw new InvalidDataException($"The log holds an event of a user that isn't among the {users.Count} given. List the users of these very files.");
                if (codes[row] < 0) throw new InvalidDataException($"The log holds an event of an unknown type; types are {string.Join(", ", EventTypeNames.All.ToArray())}. Write one of these.");
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
