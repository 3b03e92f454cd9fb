namespace LineRec.Recipes;

/// <summary>Vectors as files: <c>NAME.npy</c> [rows, dimension] and beside it <c>NAME.txt</c>, the id of each row a line. NumPy, FAISS and <c>linerec index</c> read them.</summary>
internal static class VectorFiles
{
    /// <summary>The name of items' vectors.</summary>
    public const string ItemsName = "items";

    /// <summary>The name of users' vectors.</summary>
    public const string UsersName = "users";

    /// <summary>A file of vectors; the ids are beside it, as .txt.</summary>
    public static string FileOf(string folder, string name) => Path.Combine(folder, name + ".npy");

    /// <summary>Writes the vectors of a bundle's items, or of a share of them, a row an item in ordinal order of ids. They are the bundle's own: the training has computed them.</summary>
    /// <param name="snapshot">The bundle.</param>
    /// <param name="share">Which of them.</param>
    /// <param name="folder">Where to write items.npy and items.txt; what is there is replaced.</param>
    /// <returns>How many rows, and their length.</returns>
    /// <exception cref="RecipeException">The bundle has no item vectors.</exception>
    public static VectorsWritten WriteItems(ModelSnapshot snapshot, ShareNumber share, string folder)
    {
        using var items = OpenItems(snapshot);
        var (first, count) = share.Of(items.Ids.Count);
        string file = FileOf(folder, ItemsName);
        items.WriteRows(file, first, count);
        return new VectorsWritten(file, count, items.Vectors.Columns, Skipped: 0);
    }

    /// <summary>The vectors of a bundle's items, a row an item in ordinal order of ids.</summary>
    /// <param name="bundle">A bundle's folder, or a root.</param>
    /// <exception cref="RecipeException">The bundle has no item vectors.</exception>
    public static VectorSet OpenItems(string bundle)
    {
        using var snapshot = BundleReader.Open(bundle);
        return OpenItems(snapshot);
    }

    /// <summary>Writes the vectors of users, a row a user in the order given; those that the model has nothing to say about (no event that it pools) are left out. Each is encoded by itself, so that its bits don't depend on who else is asked for.</summary>
    /// <param name="snapshot">The bundle.</param>
    /// <param name="histories">The users' events.</param>
    /// <param name="users">The users.</param>
    /// <param name="time">Only events before it count.</param>
    /// <param name="folder">Where to write users.npy and users.txt; what is there is replaced.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static VectorsWritten WriteUsers(ModelSnapshot snapshot, IUserHistoryStore histories, IReadOnlyList<string> users, DateTimeOffset time, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
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
        string file = FileOf(folder, UsersName);
        VectorSet.Write(file, matrix, found);
        return new VectorsWritten(file, found.Count, encoder.Dimension, users.Count - found.Count);
    }

    private static VectorSet OpenItems(ModelSnapshot snapshot)
    {
        string stored = Path.Combine(snapshot.Directory!, BundleDefaults.ItemVectorsFile);
        if (!File.Exists(stored)) throw new RecipeException(RecipeFault.Input, $"Bundle '{snapshot.Version}' has no {BundleDefaults.ItemVectorsFile}: it has no two-tower. Train one, or give another --bundle.");
        return new VectorSet(NpyMatrix<float>.Open(stored), snapshot.Catalog.Ids.ToArray(), stored);
    }
}
