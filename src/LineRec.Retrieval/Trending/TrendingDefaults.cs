namespace LineRec.Retrieval;

/// <summary>The defaults of the trending retriever and its builder.</summary>
public static class TrendingDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "trending";

    /// <summary>After how long an event counts half in a chart.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    /// <summary>The name of a placement's own chart.</summary>
    /// <param name="chart">The shop's chart, <see cref="Chart.Trending"/> say.</param>
    /// <param name="placement">The placement.</param>
    public static string ChartOf(string chart, string placement) => $"{chart}/{placement}";

    /// <summary>The name of the chart of a category ("trending/category=toys/outdoor") or of a segment of users ("trending/region=north").</summary>
    /// <param name="chart">The shop's chart, <see cref="Chart.Trending"/> say.</param>
    /// <param name="attribute">"category", or the segment's attribute.</param>
    /// <param name="value">Its value.</param>
    public static string ChartOf(string chart, string attribute, string value) => $"{chart}/{attribute}={value}";
}
