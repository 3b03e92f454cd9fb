using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the trending retriever.</summary>
public static class TrendingRetrievalBuilderExtensions
{
    /// <summary>Adds the best of the snapshot's chart: the placement's own ("trending/{placement}") where there is one, else the shop's ("trending").</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public static IRetrievalBuilder Trending(this IRetrievalBuilder builder, int limit, TrendingOptions? options = null)
    {
        options ??= new TrendingOptions();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static TrendingRetriever Create(ComponentContext context, TrendingOptions options)
    {
        var charts = context.Snapshot.Charts;
        string own = TrendingDefaults.ChartOf(options.Chart, context.Placement);
        string name = charts.ContainsKey(own) ? own : options.Chart;
        if (!charts.TryGetValue(name, out var chart))
            throw new InvalidOperationException($"The trending retriever of placement '{context.Placement}' needs the chart '{options.Chart}'; bundle '{context.Snapshot.Version}' has {Names(charts)}. Build it with {nameof(TrendingBuilder)}, or leave the retriever out.");
        return new TrendingRetriever(chart, context.Snapshot.GetOrCreate($"chart:{name}", s => TrendingRetriever.ScoresByRow(chart, s.Catalog.Count)));
    }

    private static string Names(IReadOnlyDictionary<string, Chart> charts) =>
        charts.Count == 0 ? "no charts" : $"the charts {string.Join(", ", charts.Keys.Order(StringComparer.Ordinal).Select(n => $"'{n}'"))}";
}
