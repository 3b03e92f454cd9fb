using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the shop retriever.</summary>
public static class ShopRetrievalBuilderExtensions
{
    /// <summary>Adds the best items of the shops that the user likes. The catalog must have the text column shop.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder Shop(this IRetrievalBuilder builder, int limit, ShopOptions? options = null)
    {
        options ??= new ShopOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static ShopRetriever Create(ComponentContext context, ShopOptions options)
    {
        var snapshot = context.Snapshot;
        string needer = $"The shop retriever of placement '{context.Placement}'";
        if (snapshot.Catalog.Shop is not { } shops)
            throw new InvalidOperationException($"{needer} needs the text column '{CatalogColumns.Shop}', which the catalog of bundle '{snapshot.Version}' doesn't have. Add it to the items, or leave the retriever out.");
        bool byChart = options.Order == ShopOrder.Chart;
        var chart = byChart ? ChartScores.Get(snapshot, options.Chart, needer) : ChartScores.Find(snapshot, options.Chart);
        var shelves = snapshot.GetOrCreate($"shelves:{(chart is null ? "" : options.Chart)}", _ => new ShopShelves(shops, chart));
        if (byChart) return new ShopRetriever(shops, shelves, chart!, options);
        var items = TwoTowerParts.Items(snapshot, options.ItemVectors, needer);
        return new ShopRetriever(shops, shelves, TwoTowerParts.Encoder(context, options.Encoder, needer), items, options);
    }
}
