namespace LineRec.Bench.Vectors;

/// <summary>What the verb vectors measures.</summary>
internal sealed record VectorsOptions
{
    public string? Base { get; init; }

    public string? Queries { get; init; }

    public string? Truth { get; init; }

    /// <summary>The set that is made where no base is given.</summary>
    public MadeSetOptions Make { get; init; } = new();

    public VectorMetric Metric { get; init; }

    public int K { get; init; } = 100;

    /// <summary>Names of indexes; empty for all.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    public int Threads { get; init; } = 1;

    /// <summary>How often what is reported is measured.</summary>
    public int Passes { get; init; } = 3;

    public string? Json { get; init; }

    public string? Plot { get; init; }
}
