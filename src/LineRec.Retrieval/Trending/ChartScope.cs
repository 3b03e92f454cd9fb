namespace LineRec.Retrieval;

/// <summary>Which part of the shop a chart is of; chosen for each request. An immutable value.</summary>
/// <remarks>
/// See <see cref="TrendingDefaults.ChartOf(string, string)"/> and <see cref="TrendingDefaults.ChartOf(string, string, string)"/> for the names that charts have in a
/// bundle, and <see cref="TrendingChartsBuilder"/>, which makes them.
/// </remarks>
public sealed record ChartScope
{
    private ChartScope(string? attribute) => Attribute = attribute;

    /// <summary>The chart of the request's placement: "trending/cart".</summary>
    public static ChartScope Placement { get; } = new((string?)null);

    /// <summary>
    /// The chart of a category: "trending/category=toys/outdoor". The category is the request's attribute "category" where it has one, else that of its first
    /// anchor with one, else the one with the most weight in the user's history. A category without a chart takes that of the nearest one above it ("toys").
    /// </summary>
    public static ChartScope Category { get; } = new(CatalogColumns.Category);

    /// <summary>The attribute of the request whose value names the chart; null for the placement.</summary>
    public string? Attribute { get; }

    /// <summary>The chart of a segment of users: "trending/region=north". The value is the request's attribute (<see cref="RecommendationRequest.Attributes"/>).</summary>
    /// <param name="attribute">The attribute's name: "region", "age".</param>
    /// <exception cref="ArgumentException">The name is empty or "category", which is <see cref="Category"/>.</exception>
    public static ChartScope Segment(string attribute)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute);
        if (attribute == CatalogColumns.Category) throw new ArgumentException($"'{attribute}' isn't an attribute of users; take {nameof(ChartScope)}.{nameof(Category)}.", nameof(attribute));
        return new ChartScope(attribute);
    }

    /// <inheritdoc/>
    public override string ToString() => Attribute ?? "placement";
}
