using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;

namespace LineRec.Bench.Datasets;

/// <summary>What --json writes.</summary>
internal sealed record DatasetBenchReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required DatasetBenchOptions Options { get; init; }

    public List<DatasetBenchRow> Rows { get; } = [];

    /// <summary>The dataset's rows a second over those of decoding alone with as many threads, without a look at the values or with each read once; the median of the rounds' own ratios.</summary>
    public Dictionary<string, double> ShareOfRawDecoding { get; } = [];

    /// <summary>The same in processor time a row, which others on the machine disturb less.</summary>
    public Dictionary<string, double> ShareOfRawDecodingByProcessor { get; } = [];

    /// <summary>The dataset's rows a second over those of an object a row with as many threads.</summary>
    public Dictionary<string, double> TimesRowObjects { get; } = [];

    public List<StallRow> Stalls { get; } = [];

    public List<ShuffleQuality> Shuffles { get; } = [];

    public List<MemoryRow> Memory { get; } = [];

    public void Save(string path) => ReportFile.Save(path, this);

    /// <summary>A training on the examples.</summary>
    /// <param name="Threads">Threads that decode beside the one that trains.</param>
    /// <param name="Seconds">All in all.</param>
    /// <param name="WaitSeconds">How long it waited for batches, the first window included.</param>
    /// <param name="WaitShare">As a share.</param>
    /// <param name="FirstWaitSeconds">How long it waited for the first batch.</param>
    internal sealed record StallRow(int Threads, double Seconds, double WaitSeconds, double WaitShare, double FirstWaitSeconds);

    /// <summary>A reading of the events within a budget.</summary>
    /// <param name="BudgetMegabytes">What was allowed.</param>
    /// <param name="CountedMegabytes">The most that was counted.</param>
    /// <param name="ResidentMegabytes">By how much the process's resident set grew at most, native memory and the runtime included.</param>
    /// <param name="RowsPerSecond">The speed.</param>
    internal sealed record MemoryRow(double BudgetMegabytes, double CountedMegabytes, double ResidentMegabytes, double RowsPerSecond);
}
