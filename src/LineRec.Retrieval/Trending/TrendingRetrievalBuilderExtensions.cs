using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the trending retriever.</summary>
public static class TrendingRetrievalBuilderExtensions
{
    /// <summary>
    /// Adds the best of a chart of the snapshot. By default the placement's own ("trending/cart") where there is one, else the shop's ("trending"); with
    /// <see cref="TrendingOptions.By"/> that of the request's segment or category first.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder Trending(this IRetrievalBuilder builder, int limit, TrendingOptions? options = null)
    {
        options ??= new TrendingOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static TrendingRetriever Create(ComponentContext context, TrendingOptions options)
    {
        var snapshot = context.Snapshot;
        var scopes = new List<ChartsOfScope>();
        ChartScores? whole = null;
        foreach (var scope in options.By)
        {
            if (scope.Attribute is { } attribute)
            {
                var charts = new ChartsOfScope(snapshot, options, attribute);
                if (charts.Count > 0) scopes.Add(charts);
            }
            else if (ChartScores.Find(snapshot, TrendingDefaults.ChartOf(options.Chart, context.Placement)) is { } own && own.Chart.Rows.Length >= options.MinItems)
            {
                whole = own; // it has all of this placement's requests: what comes after it never gets one
                break;
            }
        }

        return new TrendingRetriever(whole ?? ChartScores.Get(snapshot, options.Chart, $"The trending retriever of placement '{context.Placement}'"), [.. scopes]);
    }
}
