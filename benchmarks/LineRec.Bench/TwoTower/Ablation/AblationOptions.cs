namespace LineRec.Bench.TwoTower;

/// <summary>Which log, and how much is trained on it.</summary>
internal sealed record AblationOptions
{
    /// <summary>A folder with a real log; null for the simulated shop.</summary>
    public string? Data { get; init; }

    public int Users { get; init; } = 3_600;

    public int Items { get; init; } = 6_000;

    public int Days { get; init; } = 60;

    public long Events { get; init; } = 1_500_000;

    /// <summary>The test's length in the simulated shop, in days.</summary>
    public int TestDays { get; init; } = 3;

    public int Seeds { get; init; } = 3;

    public int Epochs { get; init; } = 8;

    /// <summary>Only variants with one of these names; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    public string? Json { get; init; }
}
