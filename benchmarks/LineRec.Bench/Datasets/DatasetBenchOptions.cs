using LineRec.Data;

namespace LineRec.Bench.Datasets;

/// <summary>The table that is made, and how it is read.</summary>
internal sealed record DatasetBenchOptions
{
    public int Rows { get; init; } = 6_000_000;

    public int RowGroupSize { get; init; } = 65_536;

    public int Files { get; init; } = 6;

    /// <summary>How often each is measured; the median is told.</summary>
    public int Rounds { get; init; } = 5;

    public int Threads { get; init; } = 2;

    /// <summary>Rows of the dataset that are shuffled together.</summary>
    public int ShuffleRows { get; init; } = DatasetDefaults.ShuffleRows;

    public long MemoryBudgetBytes { get; init; } = DatasetDefaults.MemoryBudgetBytes;

    public int Seed { get; init; } = 1;

    public string Folder { get; init; } = "";

    public string? Json { get; init; }
}
