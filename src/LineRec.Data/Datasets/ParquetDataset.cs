namespace LineRec.Data;

/// <summary>
/// Parquet files as a training reads them: more than memory holds, shuffled, sharded, again and again, as columns and without an object a row. What Petastorm is to PyTorch.
/// </summary>
/// <remarks>
/// Immutable and thread-safe: several readers may run at once. Opening reads every file's footer, so that files that disagree are found before a training starts, and row groups that no row of
/// interest can be in are left out. The files must not change while they are read.
/// </remarks>
public sealed class ParquetDataset
{
    private readonly DatasetPlan _plan;
    private readonly DatasetOptions _options;
    private readonly TimeProvider _time;

    private ParquetDataset(DatasetPlan plan, DatasetOptions options, TimeProvider time) => (_plan, _options, _time) = (plan, options, time);

    /// <summary>What it was opened with.</summary>
    public DatasetOptions Options => _options;

    /// <summary>The columns that are read, in the order of <see cref="DatasetBatch.Columns"/>.</summary>
    public IReadOnlyList<DatasetField> Fields => _plan.Fields;

    /// <summary>The rows of the row groups that are read, over all shards, before <see cref="DatasetOptions.Where"/> is asked of rows.</summary>
    public long RowCount => _plan.Groups.Sum(g => (long)g.Rows);

    /// <summary>How many row groups are read.</summary>
    public int RowGroupCount => _plan.Groups.Count;

    /// <summary>How many row groups were ruled out by <see cref="DatasetOptions.Where"/>, from their statistics.</summary>
    public int PrunedRowGroupCount => _plan.PrunedGroups;

    /// <summary>How many files were ruled out by their path, unopened.</summary>
    public int PrunedFileCount => _plan.PrunedFiles;

    /// <summary>Files that were left out: no whole Parquet files, or of other columns than the first that is. Empty where damage throws.</summary>
    public IReadOnlyList<DatasetQuarantine> Quarantined => _plan.Quarantined;

    /// <summary>What a window of the shuffle takes at most, and so the least <see cref="DatasetOptions.MemoryBudgetBytes"/>; for decoding to go on while a window is used, twice as much.</summary>
    public long WindowBytes => EpochPlan.MostBytes(_plan.Groups, _options.ShuffleRows);

    /// <summary>Opens a file or a folder.</summary>
    /// <param name="path">A .parquet file, or a folder whose .parquet files, at any depth, are one table; folders like date=2026-11-01 are partitions.</param>
    /// <param name="options">What is read and how; default: <see cref="DatasetOptions"/> as they are.</param>
    /// <param name="time">Measures <see cref="DatasetReader.WaitTime"/>; default: the system's.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or no .parquet file in the folder.</exception>
    /// <exception cref="InvalidDataException">A file isn't a whole Parquet file or has other columns than the first, and <see cref="DatasetOptions.OnDamage"/> is to throw; or no file can be read.</exception>
    /// <exception cref="ArgumentException">Options are out of range, or name a column that isn't there or can't be read so.</exception>
    public static ParquetDataset Open(string path, DatasetOptions? options = null, TimeProvider? time = null) => Open(DatasetSource.At(path), options, time);

    /// <summary>Opens files from anywhere.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="options">What is read and how.</param>
    /// <param name="time">Measures <see cref="DatasetReader.WaitTime"/>; default: the system's.</param>
    /// <exception cref="InvalidDataException">As for a path.</exception>
    /// <exception cref="ArgumentException">As for a path.</exception>
    public static ParquetDataset Open(IEnumerable<DatasetSource> sources, DatasetOptions? options = null, TimeProvider? time = null)
    {
        options ??= new DatasetOptions();
        options.Validate();
        return new ParquetDataset(new DatasetPlanner(options).Plan(sources), options, time ?? TimeProvider.System);
    }

    /// <summary>Starts reading.</summary>
    /// <param name="from">Where an earlier reader stood; null for the beginning.</param>
    /// <exception cref="ArgumentException">The budget of memory holds no window, or the position belongs to other files or options.</exception>
    public DatasetReader Read(DatasetPosition? from = null)
    {
        if (WindowBytes > _options.MemoryBudgetBytes)
        {
            throw new ArgumentException(
                $"A window of {_options.ShuffleRows} shuffled rows, rounded up to whole row groups, may take {WindowBytes} bytes, but MemoryBudgetBytes is {_options.MemoryBudgetBytes}. " +
                "Raise it, lower ShuffleRows, name fewer Columns, or write smaller row groups.");
        }

        if (from is not null && from.Fingerprint != _plan.Fingerprint)
        {
            throw new ArgumentException(
                $"The position belongs to another order of rows ({from.Fingerprint}, not {_plan.Fingerprint}): files, Where, Seed, Shard, ShardCount or ShuffleRows have changed. Read with those of the checkpoint, or start the epoch anew.", nameof(from));
        }

        return new DatasetReader(_plan, _options, from, _time);
    }
}
