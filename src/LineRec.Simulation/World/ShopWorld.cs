namespace LineRec.Simulation;

/// <summary>The shop without its users: niches, items, campaigns. An item's number is its catalog row.</summary>
internal sealed class ShopWorld
{
    public const long Day = 86_400_000;

    public required ulong Seed { get; init; }

    public required long Start { get; init; }

    public required long End { get; init; }

    public required ShopNiche[] Niches { get; init; }

    public required ShopItem[] Items { get; init; }

    public required string[] ItemIds { get; init; }

    public required string[] CategoryPaths { get; init; }

    /// <summary>The items of each category.</summary>
    public required int[][] CategoryItems { get; init; }

    public required string[] CategoryNouns { get; init; }

    public required CumulativeWeights NichePopularity { get; init; }

    /// <summary>The hits, by item.</summary>
    public required ShopHit[] Hits { get; init; }

    public required ShopCampaign[] Campaigns { get; init; }

    /// <summary>How much a department is wanted at a time: a wave over the year.</summary>
    public double Season(int department, long time)
    {
        double year = (time - Start) / (365.25 * Day);
        return 1 + (0.35 * Math.Sin(2 * Math.PI * (year + ShopRandom.Fixed(Seed, 77, (ulong)department))));
    }
}
