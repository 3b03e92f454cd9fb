namespace LineRec.Retrieval;

/// <summary>Options of the trending retriever.</summary>
public sealed record TrendingOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "trending".</summary>
    public string Name { get; init; } = TrendingDefaults.Name;

    /// <summary>The snapshot's chart. Where there is a chart "{Chart}/{placement}" that one is used. Default "trending".</summary>
    public string Chart { get; init; } = LineRec.Chart.Trending;
}
