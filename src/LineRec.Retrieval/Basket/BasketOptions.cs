namespace LineRec.Retrieval;

/// <summary>Options of the basket retriever.</summary>
public sealed record BasketOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "basket".</summary>
    public string Name { get; init; } = BasketDefaults.Name;

    /// <summary>Which items are the basket. Default: the request's anchors and what lies in the user's cart, each with the weight 1. None of them is proposed.</summary>
    public SeedWeights Seeds { get; init; } = BasketDefaults.Seeds;

    /// <summary>What the items are put together by. Default <see cref="BasketFusion.Neighbours"/>.</summary>
    public BasketFusion Fusion { get; init; }

    /// <summary>
    /// Whether each item's neighbour list counts as much as any other's: scores are divided by the sum of their list, so that one item with
    /// high scores doesn't decide alone. Default true; of no effect with <see cref="BasketFusion.Vectors"/>.
    /// </summary>
    public bool EqualVotes { get; init; } = true;

    internal void Validate()
    {
        Seeds.Validate($"{nameof(BasketOptions)}.{nameof(Seeds)}");
        if (!Enum.IsDefined(Fusion)) throw new ArgumentException($"{nameof(BasketOptions)}: Fusion is {Fusion}; it must be one of {string.Join(", ", Enum.GetNames<BasketFusion>())}.");
    }
}
