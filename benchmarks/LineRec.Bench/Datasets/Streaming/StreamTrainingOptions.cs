namespace LineRec.Bench.Datasets;

/// <summary>A log, and how a model is trained on it.</summary>
internal sealed record StreamTrainingOptions
{
    /// <summary>The log's folder.</summary>
    public string Data { get; init; } = "";

    public int Epochs { get; init; } = 1;

    public int BatchSize { get; init; } = 16_384;

    /// <summary>The length of users' and items' vectors.</summary>
    public int Width { get; init; } = 16;

    /// <summary>Threads that decode; Torch computes on one.</summary>
    public int Threads { get; init; } = 1;

    public int ShuffleRows { get; init; } = 524_288;

    public long MemoryBudgetBytes { get; init; } = 192L << 20;

    public int Seed { get; init; } = 1;

    public string? Json { get; init; }
}
