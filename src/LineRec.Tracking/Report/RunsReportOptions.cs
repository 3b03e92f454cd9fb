namespace LineRec.Tracking;

/// <summary>What a report says of runs.</summary>
public sealed record RunsReportOptions
{
    /// <summary>The metric that decides which run is best, by its last figure.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether a higher figure is better. Default true; false for a loss.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "Runs compared";

    /// <summary>The metrics whose curves are drawn; null: all that have more than one step.</summary>
    public IReadOnlyList<string>? Curves { get; init; }
}
