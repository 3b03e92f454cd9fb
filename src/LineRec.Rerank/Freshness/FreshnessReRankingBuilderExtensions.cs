using LineRec.Rerank;

namespace LineRec;

/// <summary>Adds the freshness re-ranker.</summary>
public static class FreshnessReRankingBuilderExtensions
{
    /// <summary>Keeps the share of new items in the slate between two bounds; at 0.05 and 0.10 a slate of 20 holds 1 or 2. The catalog must have the time column listed_at.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="min">The least share, 0 to 1; rounded up to whole items.</param>
    /// <param name="max">The greatest share, <paramref name="min"/> to 1; rounded down to whole items, but not under the least.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">A share or an option is out of its range.</exception>
    public static IReRankingBuilder Freshness(this IReRankingBuilder builder, double min, double max, FreshnessOptions? options = null)
    {
        options ??= new FreshnessOptions();
        FreshnessReRanker.Validate(min, max, options);
        return builder.Add(options.Name, context => Create(context, min, max, options));
    }

    private static FreshnessReRanker Create(ComponentContext context, double min, double max, FreshnessOptions options)
    {
        if (context.Snapshot.Catalog.ListedAt is null)
            throw new InvalidOperationException($"The freshness re-ranker of placement '{context.Placement}' needs the time column '{CatalogColumns.ListedAt}', which the catalog of bundle '{context.Snapshot.Version}' doesn't have. Add it to the items, or leave the re-ranker out.");
        return new FreshnessReRanker(context.Snapshot.Catalog, min, max, options);
    }
}
