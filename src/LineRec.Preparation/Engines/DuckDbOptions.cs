namespace LineRec.Preparation;

/// <summary>What DuckDB may take of the machine.</summary>
public sealed record DuckDbOptions
{
    /// <summary>Bytes of memory that DuckDB may take, 64 MiB or more; what doesn't fit is spilled to <see cref="TempDirectory"/>. Default <see cref="PreparationDefaults.MemoryLimitBytes"/>.</summary>
    /// <remarks>Allow some 128 MiB a thread. The .NET process's own memory isn't in it.</remarks>
    public long MemoryLimitBytes { get; init; } = PreparationDefaults.MemoryLimitBytes;

    /// <summary>Where it spills to, and what is made there is deleted again; default: a folder of its own in the system's for temporary files.</summary>
    public string? TempDirectory { get; init; }

    /// <summary>Bytes of disk that it may spill, 1 or more; default: 90 % of what is free.</summary>
    public long? SpillLimitBytes { get; init; }

    /// <summary>Threads, 1 or more; the result doesn't depend on them. Default: the machine's processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        const long Least = 64L << 20;
        if (MemoryLimitBytes < Least) throw new ArgumentOutOfRangeException(nameof(MemoryLimitBytes), MemoryLimitBytes, $"DuckDB needs {Least} bytes of memory at least.");
        if (SpillLimitBytes is { } spill) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spill, nameof(SpillLimitBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
    }
}
