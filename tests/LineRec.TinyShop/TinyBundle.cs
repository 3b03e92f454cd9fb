using LineRec.Features;
using LineRec.Training;

namespace LineRec.TinyShop;

/// <summary>
/// Writes a whole bundle in a moment, without training: its tables are made from the categories, its graphs from a few constants.
/// For tests that need something to serve, not something that is right.
/// </summary>
public static class TinyBundle
{
    private const int Dimension = 8;
    private const int Neighbours = 10;
    private const int Seed = 11;

    /// <summary>Publishes a bundle with a user tower and a ranker for each of the given placements.</summary>
    /// <param name="root">The bundle root.</param>
    /// <param name="version">The new version.</param>
    /// <param name="placements">The placements that get a ranker.</param>
    public static void Publish(string root, string version, params string[] placements)
    {
        var catalog = TinyCatalog.Create();
        using var bundle = BundleWriter.Create(root, version);
        bundle.WriteCatalog(catalog);
        bundle.WriteCharts(new Dictionary<string, Chart> { [Chart.Trending] = new([.. Enumerable.Range(0, catalog.Count)], [.. Enumerable.Range(0, catalog.Count).Select(r => 1f / (r + 1))]) });
        bundle.WriteCampaigns([new("summer", "holiday", TinyCatalog.Now.AddDays(-1), TinyCatalog.Now.AddYears(50), 1.2f, CatalogColumns.Category, ["garden"])]);

        float[] vectors = Vectors();
        Save(vectors, Dimension, bundle.PathOf("tables/item.npy"));
        Save(vectors, Dimension, bundle.PathOf(BundleDefaults.ItemVectorsFile));
        WriteNeighbours(bundle, vectors);

        using var features = WriteFeatures(bundle, catalog);
        AddUserTower(bundle, features);
        using var table = new NpyMatrix<float>(vectors, Dimension);
        using var encoder = FeatureEncoder.Create(features, catalog, _ => table);
        foreach (string placement in placements) AddRanker(bundle, encoder, placement);
        bundle.Publish();
    }

    private static FittedFeatures WriteFeatures(BundleWriter bundle, Catalog catalog)
    {
        var spec = FeatureSpec.Create(s => s
            .User(u => u.EventCounts().DaysSinceLast())
            .Item(i => i.LogNumber(CatalogColumns.Price).Counts())
            .Cross(c => c.CategoryShare().Age().Similarity()));
        var fitter = new FeatureFitter(spec, catalog, TinyCatalog.Now);
        fitter.Add(TinyCatalog.CreateEvents());
        var fitted = fitter.Fit();
        fitted.Save(bundle.Directory);
        return fitted;
    }

    private static void AddUserTower(BundleWriter bundle, FittedFeatures features)
    {
        var graph = new OnnxGraph("user_tower");
        graph.Output(graph.Input("history", Dimension), "vector", Dimension);
        Add(bundle, "user_tower", graph, "vector", features.Fingerprint, [new("history", ModelInputKind.Gathered, Dimension, Table: "item")]);
    }

    /// <summary>A logistic regression over all blocks: sigmoid(user · a + embedding · b + item · c + cross · d).</summary>
    private static void AddRanker(BundleWriter bundle, FeatureEncoder encoder, string placement)
    {
        var random = new Random(Seed);
        var graph = new OnnxGraph($"ranker_{placement}");
        ModelInput[] inputs =
        [
            new("user", ModelInputKind.Dense, encoder.UserWidth, Block: "user"),
            new("embedding", ModelInputKind.Gathered, Dimension, Table: "item"),
            new("item", ModelInputKind.Dense, encoder.ItemWidth, Block: "item"),
            new("cross", ModelInputKind.Dense, encoder.CrossWidth, Block: "cross"),
        ];
        string? sum = null;
        foreach (var input in inputs)
        {
            float[] weights = [.. Enumerable.Range(0, input.Width).Select(_ => (random.NextSingle() - 0.5f) * 0.5f)];
            string part = graph.Node("MatMul", [graph.Input(input.Name, input.Width, input.Block == "user" ? "one" : "n"), graph.Constant(weights, input.Width, 1)]);
            sum = sum is null ? part : graph.Node("Add", [sum, part]);
        }

        graph.Output(graph.Node("Sigmoid", [sum!]), "score", 1);
        Add(bundle, $"rankers/{placement}", graph, "score", encoder.Fitted.Fingerprint, inputs);
    }

    private static void Add(BundleWriter bundle, string name, OnnxGraph graph, string output, string fingerprint, ModelInput[] inputs)
    {
        File.WriteAllBytes(bundle.PathOf($"{name}.onnx"), graph.ToBytes());
        bundle.AddModel(name, new ModelDescription($"{name}.onnx", inputs, output, fingerprint));
    }

    /// <summary>Unit vectors that are close within a category.</summary>
    private static float[] Vectors()
    {
        var random = new Random(Seed);
        var vectors = new float[TinyCatalog.ItemCount * Dimension];
        for (int row = 0; row < TinyCatalog.ItemCount; row++)
        {
            var vector = vectors.AsSpan(row * Dimension, Dimension);
            for (int i = 0; i < Dimension; i++) vector[i] = (random.NextSingle() - 0.5f) * 0.4f;
            vector[TinyCatalog.CategoryOf(row)] += 1f;
            float norm = 0f;
            foreach (float value in vector) norm += value * value;
            norm = MathF.Sqrt(norm);
            for (int i = 0; i < Dimension; i++) vector[i] /= norm;
        }

        return vectors;
    }

    private static void WriteNeighbours(BundleWriter bundle, float[] vectors)
    {
        var (rows, scores) = (new List<int>(), new List<float>());
        for (int row = 0; row < TinyCatalog.ItemCount; row++)
        {
            var nearest = Enumerable.Range(0, TinyCatalog.ItemCount).Where(r => r != row).Select(r => (Row: r, Score: Dot(vectors, row, r)))
                .OrderByDescending(n => n.Score).ThenBy(n => n.Row).Take(Neighbours);
            foreach (var (neighbour, score) in nearest)
            {
                rows.Add(neighbour);
                scores.Add(score);
            }
        }

        Save([.. rows], Neighbours, bundle.PathOf(BundleDefaults.NeighboursFile));
        Save([.. scores], Neighbours, bundle.PathOf(BundleDefaults.NeighbourScoresFile));
    }

    private static float Dot(float[] vectors, int a, int b)
    {
        float sum = 0f;
        for (int i = 0; i < Dimension; i++) sum += vectors[(a * Dimension) + i] * vectors[(b * Dimension) + i];
        return sum;
    }

    private static void Save<T>(T[] values, int columns, string path)
        where T : unmanaged
    {
        using var matrix = new NpyMatrix<T>(values, columns);
        matrix.Save(path);
    }
}
