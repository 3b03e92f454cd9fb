namespace LineRec.Retrieval;

/// <summary>Options of the item-to-item retriever.</summary>
public sealed record ItemToItemOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "item-to-item".</summary>
    public string Name { get; init; } = ItemToItemDefaults.Name;

    /// <summary>How much each item of the history weighs.</summary>
    public HistoryWeights History { get; init; } = new();

    /// <summary>How much each anchor of the request (the item of the page, those in the cart) weighs; 0 ignores anchors. Default 1.</summary>
    public float AnchorWeight { get; init; } = 1f;

    /// <summary>Whether items of the history that count are left out of the candidates. They still have a score. Default false: filters decide.</summary>
    public bool ExcludeHistory { get; init; }

    /// <summary>Whether the request's anchors are left out of the candidates. Default true.</summary>
    public bool ExcludeAnchors { get; init; } = true;

    internal void Validate()
    {
        History.Validate($"{nameof(ItemToItemOptions)}.{nameof(History)}");
        if (!(AnchorWeight >= 0f) || float.IsInfinity(AnchorWeight)) throw new ArgumentException($"ItemToItemOptions: AnchorWeight is {AnchorWeight}; it must be finite and 0 or more.");
    }
}
