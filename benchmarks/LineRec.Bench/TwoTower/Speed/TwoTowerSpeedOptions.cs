namespace LineRec.Bench.TwoTower;

/// <summary>The log that is made, and the model that is trained on it twice.</summary>
internal sealed record TwoTowerSpeedOptions
{
    public int Items { get; init; } = 200_000;

    public int Dimension { get; init; } = 64;

    public int Users { get; init; } = 50_000;

    /// <summary>Events a user; the last one is held out.</summary>
    public int Events { get; init; } = 10;

    public int Epochs { get; init; } = 2;

    public int BatchSize { get; init; } = 1024;

    public int UniformNegatives { get; init; } = 1024;

    public int TestUsers { get; init; } = 2_000;

    /// <summary>"wall", or "processor" for the time that the process computes.</summary>
    public string Clock { get; init; } = "wall";

    public int Seed { get; init; } = 1;

    public string? Json { get; init; }
}
