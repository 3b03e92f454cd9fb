using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds the two-tower retriever.</summary>
public static class TwoTowerRetrievalBuilderExtensions
{
    private const string Needer = "The two-tower retriever";

    /// <summary>Adds the items whose vectors are closest to the user's. Item vectors, index and encoder exist once a snapshot, however many placements use them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public static IRetrievalBuilder TwoTower(this IRetrievalBuilder builder, int limit, TwoTowerOptions? options = null)
    {
        options ??= new TwoTowerOptions();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    /// <summary>Adds the items whose vectors are closest to the one that a given encoder makes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="encoder">Turns a request into the query vector.</param>
    public static IRetrievalBuilder TwoTower(this IRetrievalBuilder builder, int limit, IUserEncoder encoder) =>
        builder.TwoTower(limit, new TwoTowerOptions { Encoder = encoder });

    private static TwoTowerRetriever Create(ComponentContext context, TwoTowerOptions options)
    {
        var items = TwoTowerParts.Items(context.Snapshot, options.ItemVectors, Needer);
        var index = TwoTowerParts.Index(context.Snapshot, options.ItemVectors, items, options.Index, options.Name);
        return new TwoTowerRetriever(TwoTowerParts.Encoder(context, options.Encoder, Needer), index, items);
    }
}
