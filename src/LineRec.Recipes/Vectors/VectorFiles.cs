namespace LineRec.Recipes;

/// <summary>Vectors as files: <c>NAME.npy</c> [rows, dimension] and beside it <c>NAME.txt</c>, the id of each row a line. NumPy, FAISS and <c>linerec index</c> read them.</summary>
internal static class VectorFiles
{
    /// <summary>The name of items' vectors.</summary>
    public const string ItemsName = "items";

    private const string UsersName = "users";

    /// <summary>Writes the vectors of a bundle's items, a row an item in ordinal order of ids.</summary>
    /// <param name="bundle">A bundle's folder, or a root.</param>
    /// <param name="folder">Where to write items.npy and items.txt; what is there is replaced.</param>
    /// <returns>How many rows, and their length.</returns>
    /// <exception cref="RecipeException">The bundle has no item vectors.</exception>
    public static VectorsWritten WriteItems(string bundle, string folder)
    {
        using var items = OpenItems(bundle);
        return Write(folder, ItemsName, items.Vectors, items.Ids, skipped: 0);
    }

    /// <summary>The vectors of a bundle's items, a row an item in ordinal order of ids.</summary>
    /// <param name="bundle">A bundle's folder, or a root.</param>
    /// <exception cref="RecipeException">The bundle has no item vectors.</exception>
    public static VectorSet OpenItems(string bundle)
    {
        using var snapshot = BundleReader.Open(bundle);
        string stored = Path.Combine(snapshot.Directory!, BundleDefaults.ItemVectorsFile);
        if (!File.Exists(stored)) throw new RecipeException(RecipeFault.Input, $"Bundle '{snapshot.Version}' has no {BundleDefaults.ItemVectorsFile}: it has no two-tower. Train one, or give another --bundle.");
        return new VectorSet(NpyMatrix<float>.Open(stored), snapshot.Catalog.Ids.ToArray(), stored);
    }

    /// <summary>Writes the vectors of users, a row a user in the order given; those that the model has nothing to say about (no event that it pools) are left out.</summary>
    /// <param name="bundle">A bundle's folder, or a root.</param>
    /// <param name="histories">The users' events.</param>
    /// <param name="users">The users.</param>
    /// <param name="time">Only events before it count.</param>
    /// <param name="folder">Where to write users.npy and users.txt; what is there is replaced.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static VectorsWritten WriteUsers(string bundle, IUserHistoryStore histories, IReadOnlyList<string> users, DateTimeOffset time, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var snapshot = BundleReader.Open(bundle);
        var encoder = new Onnx.OnnxUserEncoder(snapshot);
        var context = new RequestContext();
        var values = new List<float>();
        var found = new List<string>();
        float[] vector = new float[encoder.Dimension];
        for (int i = 0; i < users.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Begin(new RecommendationRequest { Placement = ShopPlacements.Home, UserId = users[i] }, snapshot, time, seed: 1, take: 1);
            histories.ReadAsync(users[i], snapshot.Catalog, time, context.History, cancellationToken).AsTask().GetAwaiter().GetResult();
            if (encoder.TryEncode(context, vector))
            {
                values.AddRange(vector);
                found.Add(users[i]);
            }

            context.End();
            progress.Report((i + 1.0) / users.Count);
        }

        using var matrix = new NpyMatrix<float>([.. values], encoder.Dimension);
        return Write(folder, UsersName, matrix, [.. found], users.Count - found.Count);
    }

    private static VectorsWritten Write(string folder, string name, NpyMatrix<float> vectors, IReadOnlyList<string> ids, int skipped)
    {
        string path = Path.Combine(folder, name + ".npy");
        VectorSet.Write(path, vectors, ids);
        return new VectorsWritten(path, vectors.Rows, vectors.Columns, skipped);
    }
}
