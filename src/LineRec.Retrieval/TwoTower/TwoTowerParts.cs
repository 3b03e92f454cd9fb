using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Retrieval;

/// <summary>Item vectors, the index over them and the user encoder of a snapshot: each once, whoever needs it.</summary>
internal static class TwoTowerParts
{
    /// <summary>The item vectors of a file, a row an item.</summary>
    /// <exception cref="InvalidOperationException">The snapshot lacks the file, or it is of another catalog.</exception>
    public static NpyMatrix<float> Items(ModelSnapshot snapshot, string file, string neededBy)
    {
        var items = snapshot.GetMatrix<float>(file, neededBy);
        return items.Rows == snapshot.Catalog.Count ? items : throw new InvalidOperationException(
            $"'{file}' of bundle '{snapshot.Version}' has {items.Rows} rows, its catalog {snapshot.Catalog.Count} items. Embed the items of this catalog anew.");
    }

    /// <summary>The index over a file's vectors: the one that all share, or a retriever's own.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="file">The vectors' file.</param>
    /// <param name="items">The vectors.</param>
    /// <param name="create">Makes the retriever's own; null for the shared one.</param>
    /// <param name="name">The retriever's name.</param>
    public static IVectorIndex Index(ModelSnapshot snapshot, string file, NpyMatrix<float> items, Func<NpyMatrix<float>, IVectorIndex>? create, string name) => create is null
        ? snapshot.GetOrCreate<IVectorIndex>(file, _ => VectorIndex.Exact(items))
        : snapshot.GetOrCreate($"{file}#{name}", _ => create(items));

    /// <summary>A given user encoder, or the snapshot's own by the host's factory.</summary>
    /// <exception cref="InvalidOperationException">Neither is there.</exception>
    public static IUserEncoder Encoder(ComponentContext context, IUserEncoder? given, string neededBy) =>
        given ?? context.Snapshot.GetOrCreate(nameof(IUserEncoder), shared => Factory(context, neededBy).Create(shared));

    private static IUserEncoderFactory Factory(ComponentContext context, string neededBy) =>
        context.Services.GetService<IUserEncoderFactory>() ?? throw new InvalidOperationException(
            $"{neededBy} of placement '{context.Placement}' needs a user encoder and none is registered. Call UseOnnx() on the builder, register an {nameof(IUserEncoderFactory)}, or give its options an {nameof(IUserEncoder)}.");
}
