using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the similar-items retriever.</summary>
public static class SimilarItemsRetrievalBuilderExtensions
{
    private const string Needer = "The similar-items retriever";

    /// <summary>Adds the items whose vectors are nearest to those of the request's anchors (and, if wanted, of the cart and the history): item-to-item without counted neighbours, for new items too.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder SimilarItems(this IRetrievalBuilder builder, int limit, SimilarItemsOptions? options = null)
    {
        options ??= new SimilarItemsOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context =>
        {
            var items = TwoTowerParts.Items(context.Snapshot, options.ItemVectors, Needer);
            return new SimilarItemsRetriever(TwoTowerParts.Index(context.Snapshot, options.ItemVectors, items, options.Index, options.Name), items, options);
        });
    }
}
