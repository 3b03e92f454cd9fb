using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the new-arrivals retriever.</summary>
public static class NewArrivalsRetrievalBuilderExtensions
{
    /// <summary>Adds items listed lately, those of the user's categories first. The catalog must have the time column listed_at.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder NewArrivals(this IRetrievalBuilder builder, int limit, NewArrivalsOptions? options = null)
    {
        options ??= new NewArrivalsOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static NewArrivalsRetriever Create(ComponentContext context, NewArrivalsOptions options)
    {
        var snapshot = context.Snapshot;
        if (snapshot.Catalog.ListedAt is null)
            throw new InvalidOperationException($"The new-arrivals retriever of placement '{context.Placement}' needs the time column '{CatalogColumns.ListedAt}', which the catalog of bundle '{snapshot.Version}' doesn't have. Add it to the items, or leave the retriever out.");
        var order = snapshot.GetOrCreate("listing-order", s => new ListingOrder(s.Catalog));
        string needer = $"The new-arrivals retriever of placement '{context.Placement}'";
        var chart = options.PopularityWeight == 0f ? null : ChartScores.Get(snapshot, options.Chart, $"{needer} (for its PopularityWeight)");
        if (options.TasteWeight == 0f) return new NewArrivalsRetriever(snapshot.Catalog, order, chart, null, null, options);
        var items = TwoTowerParts.Items(snapshot, options.ItemVectors, needer);
        return new NewArrivalsRetriever(snapshot.Catalog, order, chart, TwoTowerParts.Encoder(context, options.Encoder, needer), items, options);
    }
}
