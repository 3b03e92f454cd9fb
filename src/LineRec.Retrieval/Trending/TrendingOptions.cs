namespace LineRec.Retrieval;

/// <summary>Options of the trending retriever.</summary>
public sealed record TrendingOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "trending".</summary>
    public string Name { get; init; } = TrendingDefaults.Name;

    /// <summary>The snapshot's chart of the whole shop; the names of the charts of its parts start with it. Default "trending".</summary>
    public string Chart { get; init; } = LineRec.Chart.Trending;

    /// <summary>
    /// Which parts of the shop have charts of their own, in the order in which they are looked at: a request gets the first chart that there is for it, else the
    /// shop's. Default: the placement's.
    /// </summary>
    public IReadOnlyList<ChartScope> By { get; init; } = [ChartScope.Placement];

    /// <summary>A chart of a part of the shop that ranks fewer items is passed over, 1 or more. Default 1.</summary>
    public int MinItems { get; init; } = 1;

    /// <summary>How much each item of the history weighs where <see cref="ChartScope.Category"/> is taken from it.</summary>
    public HistoryWeights History { get; init; } = new();

    internal void Validate()
    {
        const string Owner = nameof(TrendingOptions);
        ArgumentException.ThrowIfNullOrEmpty(Chart);
        if (MinItems < 1) throw new ArgumentException($"{Owner}: MinItems is {MinItems}; it must be 1 or more.");
        if (By.Distinct().Count() < By.Count) throw new ArgumentException($"{Owner}: By is [{string.Join(", ", By)}]; each scope may be named once.");
        History.Validate($"{Owner}.{nameof(History)}");
    }
}
