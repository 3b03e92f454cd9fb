namespace LineRec.Simulation;

/// <summary>A micro-niche: what people who want "that kind of thing" choose among. Nothing in the log names it.</summary>
internal sealed class ShopNiche
{
    public required int Department { get; init; }

    /// <summary>The category's number over all departments.</summary>
    public required int Category { get; init; }

    /// <summary>How many people care for it, relative to others.</summary>
    public required double Popularity { get; init; }

    /// <summary>After how many days a satisfied need has mostly come back.</summary>
    public required double RefillDays { get; init; }

    /// <summary>Whether the same item is bought again (food, say) rather than another one (games).</summary>
    public required bool IsReplenished { get; init; }

    /// <summary>Niches that are wanted after a purchase in this one.</summary>
    public required int[] Complements { get; init; }

    /// <summary>Its items.</summary>
    public int[] Items { get; set; } = [];
}
