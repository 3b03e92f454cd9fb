using LineRec.Retrieval;
using Microsoft.Extensions.DependencyInjection;

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
        var snapshot = context.Snapshot;
        var items = snapshot.GetMatrix<float>(options.ItemVectors, Needer);
        if (items.Rows != snapshot.Catalog.Count)
            throw new InvalidOperationException($"'{options.ItemVectors}' of bundle '{snapshot.Version}' has {items.Rows} rows, its catalog {snapshot.Catalog.Count} items. Embed the items of this catalog anew.");
        var index = options.Index is null
            ? snapshot.GetOrCreate<IVectorIndex>(options.ItemVectors, _ => new FlatIndex(items))
            : snapshot.GetOrCreate(options.ItemVectors + "#" + options.Name, _ => options.Index(items));
        var encoder = options.Encoder ?? snapshot.GetOrCreate(nameof(IUserEncoder), shared => Factory(context).Create(shared));
        return new TwoTowerRetriever(encoder, index, items);
    }

    private static IUserEncoderFactory Factory(ComponentContext context) =>
        context.Services.GetService<IUserEncoderFactory>() ?? throw new InvalidOperationException(
            $"{Needer} of placement '{context.Placement}' needs a user encoder and none is registered. Call UseOnnx() on the builder, register an {nameof(IUserEncoderFactory)}, or give TwoTower an {nameof(IUserEncoder)}.");
}
