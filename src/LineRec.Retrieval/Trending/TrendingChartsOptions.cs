namespace LineRec.Retrieval;

/// <summary>Options of <see cref="TrendingChartsBuilder"/>.</summary>
public sealed record TrendingChartsOptions
{
    /// <summary>How events are counted, in all charts alike.</summary>
    public required TrendingBuilderOptions Counting { get; init; }

    /// <summary>The name of the whole shop's chart; those of its parts start with it. Default "trending".</summary>
    public string Chart { get; init; } = LineRec.Chart.Trending;

    /// <summary>Whether each category, and each above it, gets a chart. Default true; of no effect where the catalog has no categories.</summary>
    public bool ByCategory { get; init; } = true;

    /// <summary>How many items a chart ranks at the most, 1 or more; null for all. Default 1,000.</summary>
    public int? MaxItems { get; init; } = 1000;

    /// <summary>A chart of a part of the shop with fewer items isn't made, 1 or more. Default 20.</summary>
    public int MinItems { get; init; } = 20;

    internal void Validate()
    {
        const string Owner = nameof(TrendingChartsOptions);
        Counting.Validate();
        ArgumentException.ThrowIfNullOrEmpty(Chart);
        if (MaxItems < 1) throw new ArgumentException($"{Owner}: MaxItems is {MaxItems}; it must be 1 or more, or null for all.");
        if (MinItems < 1) throw new ArgumentException($"{Owner}: MinItems is {MinItems}; it must be 1 or more.");
    }
}
