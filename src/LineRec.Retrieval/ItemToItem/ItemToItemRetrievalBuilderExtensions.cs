using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the item-to-item retriever.</summary>
public static class ItemToItemRetrievalBuilderExtensions
{
    private const string Needer = "The item-to-item retriever";

    /// <summary>Adds what goes with the user's newest items and the request's anchors, by the bundle's neighbours.npy and neighbour_scores.npy.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder ItemToItem(this IRetrievalBuilder builder, int limit, ItemToItemOptions? options = null)
    {
        options ??= new ItemToItemOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => new ItemToItemRetriever(NeighbourTable.Of(context.Snapshot, Needer), options));
    }
}
