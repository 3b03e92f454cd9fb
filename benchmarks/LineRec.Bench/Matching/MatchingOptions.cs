namespace LineRec.Bench.Matching;

/// <summary>What the verb matching trains and measures.</summary>
internal sealed record MatchingOptions
{
    public required string Train { get; init; }

    public required string Test { get; init; }

    /// <summary>How long the two-tower may train.</summary>
    public double Minutes { get; init; } = 30;

    /// <summary>The models; all if empty.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public int Seed { get; init; } = 1;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string? Json { get; init; }
}
