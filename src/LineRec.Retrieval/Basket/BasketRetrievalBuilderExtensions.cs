using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the basket retriever.</summary>
public static class BasketRetrievalBuilderExtensions
{
    private const string Needer = "The basket retriever";

    /// <summary>Adds what goes with all of the request's anchors and of the user's cart together, by the bundle's neighbours.npy or its items.npy.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder Basket(this IRetrievalBuilder builder, int limit, BasketOptions? options = null)
    {
        options ??= new BasketOptions();
        options.Validate();
        if (options.Fusion == BasketFusion.Vectors) return builder.SimilarItems(limit, new SimilarItemsOptions { Name = options.Name, Seeds = options.Seeds });
        return builder.Add(options.Name, limit, context => new BasketRetriever(NeighbourTable.Of(context.Snapshot, Needer), options));
    }
}
