namespace LineRec.Rerank;

/// <summary>Options of the freshness re-ranker.</summary>
public sealed record FreshnessOptions
{
    /// <summary>The re-ranker's name in answers, reports and telemetry. Default "freshness".</summary>
    public string Name { get; init; } = FreshnessDefaults.Name;

    /// <summary>How long an item is new, counted back from the request's time. Default 30 days.</summary>
    public TimeSpan Window { get; init; } = FreshnessDefaults.Window;
}
