namespace LineRec.Bench.Bundles;

/// <summary>How large a shop is simulated and trained on.</summary>
internal sealed record MakeBundleOptions
{
    /// <summary>Receives log/ and bundles/.</summary>
    public required string Out { get; init; }

    public int Items { get; init; } = 1_000_000;

    public int Users { get; init; } = 40_000;

    public int Days { get; init; } = 20;

    public long Events { get; init; } = 4_000_000;

    public int Dimension { get; init; } = 64;

    public int Epochs { get; init; } = 2;

    /// <summary>How many impression lists the ranker learns from, the most.</summary>
    public int Lists { get; init; } = 3_000;

    public int Seed { get; init; } = 1;
}
