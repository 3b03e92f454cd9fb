namespace LineRec.Bench.Preparation;

/// <summary>The log that is prepared, and with what.</summary>
internal sealed record PreparationOptions
{
    /// <summary>Holds the log, which is simulated where it isn't there yet, and what is made of it.</summary>
    public string Folder { get; init; } = "";

    public long Events { get; init; } = 5_000_000;

    public int Users { get; init; } = 60_000;

    public int Items { get; init; } = 100_000;

    public int Days { get; init; } = 20;

    /// <summary>How often each is measured; the median is told.</summary>
    public int Rounds { get; init; } = 3;

    public int Threads { get; init; } = 2;

    /// <summary>What DuckDB may take of memory, one measurement each.</summary>
    public IReadOnlyList<long> MemoryMegabytes { get; init; } = [2048, 256, 128];

    /// <summary>Whether DuckDB and plain C# are compared, too.</summary>
    public bool Engines { get; init; } = true;

    /// <summary>Numbers of processes that fit and embed.</summary>
    public IReadOnlyList<int> Processes { get; init; } = [1, 2, 4];

    public ulong Seed { get; init; } = 1;

    public string? Json { get; init; }
}
