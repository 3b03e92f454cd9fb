namespace LineRec.Data;

/// <summary>What is read of a dataset, in which order, and at what cost of memory.</summary>
public sealed record DatasetOptions
{
    /// <summary>The columns wanted, partitions among them; default: all that can be read. Only these are decoded.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// Conditions that all must hold; default: none. Files and row groups that can't hold such a row, by their path and statistics, aren't opened; of the others the columns of
    /// conditions are decoded first, and the rest only where a row is left.
    /// </summary>
    public IReadOnlyList<DatasetCondition> Where { get; init; } = [];

    /// <summary>Text columns that are read as the numbers of a vocabulary, by name; -1 where null or unknown. Default: none.</summary>
    public IReadOnlyDictionary<string, DatasetVocabulary> Vocabularies { get; init; } = new Dictionary<string, DatasetVocabulary>();

    /// <summary>Rows a batch, 1 or more. An epoch's last batch holds what is left.</summary>
    public int BatchSize { get; init; } = DatasetDefaults.BatchSize;

    /// <summary>
    /// Rows that are shuffled together, rounded up to whole row groups; 0 reads in the files' order. Row groups are drawn in random order, and gathered until they hold this many rows.
    /// More rows mix better and need more memory: at best several times a row group's.
    /// </summary>
    public int ShuffleRows { get; init; } = DatasetDefaults.ShuffleRows;

    /// <summary>The seed of the order. The same seed gives the same order on every machine, with any number of threads; each epoch has an order of its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which share of an epoch this reader takes, 0 to <see cref="ShardCount"/> - 1. All shards together hold each row once; they differ by one row at most before <see cref="Where"/>.</summary>
    public int Shard { get; init; }

    /// <summary>How many shares there are, 1 or more. All readers must have the same files, conditions, seed and <see cref="ShuffleRows"/>.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>How often the data is gone through, 1 or more; null for ever. No batch spans two epochs.</summary>
    public int? Epochs { get; init; } = 1;

    /// <summary>Threads that decode ahead, 1 or more. They change the speed and never the result.</summary>
    public int Threads { get; init; } = DatasetDefaults.Threads;

    /// <summary>The most bytes that decoded data may take, the batch in use included. A reader refuses to start where one shuffle window wouldn't fit.</summary>
    public long MemoryBudgetBytes { get; init; } = DatasetDefaults.MemoryBudgetBytes;

    /// <summary>What is done about damaged data and files of other columns; default: throw.</summary>
    public DatasetDamagePolicy OnDamage { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(ShuffleRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ShardCount);
        ArgumentOutOfRangeException.ThrowIfNegative(Shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Shard, ShardCount);
        if (Epochs is { } epochs) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MemoryBudgetBytes);
        if (Columns is { } columns && columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is wanted twice. Name it once.", nameof(Columns));
    }
}
