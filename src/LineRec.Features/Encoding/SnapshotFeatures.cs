namespace LineRec.Features;

/// <summary>The feature state, tables and encoder of a snapshot, each loaded once for all its users.</summary>
public static class SnapshotFeatures
{
    /// <summary>The snapshot's fitted features, from features.json and features_items.npy of its bundle.</summary>
    /// <param name="snapshot">The snapshot, which disposes them.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such files.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static FittedFeatures FittedFor(ModelSnapshot snapshot) => snapshot.GetOrCreate("features", static s =>
    {
        string path = s.GetFile(FittedFeatures.DocumentFile, "The feature encoder");
        s.GetFile(FittedFeatures.ItemsFile, "The feature encoder");
        return FittedFeatures.Load(Path.GetDirectoryName(path)!);
    });

    /// <summary>An embedding table of the snapshot, mapped into memory: "item" for tables/item.npy.</summary>
    /// <param name="snapshot">The snapshot, which disposes it.</param>
    /// <param name="name">The table's name.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such file.</exception>
    public static NpyMatrix<float> TableFor(ModelSnapshot snapshot, string name) => snapshot.GetOrCreate($"tables/{name}", s => NpyMatrix<float>.Open(s.GetFile($"tables/{name}.npy", $"The embedding table '{name}'")));

    /// <summary>The snapshot's feature encoder.</summary>
    /// <param name="snapshot">The snapshot, which disposes it.</param>
    /// <exception cref="InvalidOperationException">The snapshot lacks a file, or its files don't fit each other.</exception>
    public static FeatureEncoder EncoderFor(ModelSnapshot snapshot) => snapshot.GetOrCreate("features", static s => FeatureEncoder.Create(FittedFor(s), s.Catalog, name => TableFor(s, name)));
}
