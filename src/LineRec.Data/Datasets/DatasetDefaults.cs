namespace LineRec.Data;

/// <summary>The defaults of <see cref="DatasetOptions"/>.</summary>
public static class DatasetDefaults
{
    /// <summary>Rows a batch.</summary>
    public const int BatchSize = 4_096;

    /// <summary>Rows that are shuffled together: a column of four bytes takes 1 MB, which a core's second-level cache holds.</summary>
    public const int ShuffleRows = 262_144;

    /// <summary>Threads that decode.</summary>
    public const int Threads = 2;

    /// <summary>Bytes that are decoded ahead: 256 MB.</summary>
    public const long MemoryBudgetBytes = 256L << 20;
}
