namespace LineRec.Tests.Bundles;

/// <summary>A whole bundle of four items, as small as one with every kind of part can be.</summary>
internal static class SmallBundle
{
    public const string Features = "f0";

    public static readonly DateTimeOffset Created = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static Catalog Catalog { get; } = new(
        ["a", "b", "c", "đ"],
        [
            new TextColumn("category", [1, 0, -1, 1], ["toys", "books/\"children\""]),
            new TextColumn("title", [0, 1, 2, 3], ["A", "B\n", "", "日本"]),
            new NumberColumn("price", [1.5f, float.NaN, float.PositiveInfinity, -0f]),
            new TimeColumn("listed_at", [0, TimeColumn.Missing, 1_700_000_000_123, -1]),
        ]);

    public static ModelDescription Tower(string fingerprint = Features) => new(
        "user_tower.onnx",
        [new ModelInput("history", ModelInputKind.Gathered, 2, Table: "item"), new ModelInput("user", ModelInputKind.Dense, 3, Block: "user")],
        "vector",
        fingerprint);

    public static IReadOnlyDictionary<string, Chart> Charts { get; } = new Dictionary<string, Chart>
    {
        [Chart.Trending] = new([2, 0], [0.5f, 0.25f]),
        ["empty"] = new([], []),
        ["books"] = new([1, 3], [1f, 1f]),
    };

    public static IReadOnlyList<Campaign> Campaigns { get; } =
    [
        new("xmas", "holiday", Created, Created.AddDays(3), 1.5f, "category", ["toys"]),
        new("all", "points", Created, Created.AddDays(1), 2f, null, []),
    ];

    public static BundleWriter Write(string root, string version, Catalog? catalog = null)
    {
        var writer = BundleWriter.Create(root, version, new FixedTime(Created));
        writer.WriteCatalog(catalog ?? Catalog);
        writer.WriteCharts(Charts);
        writer.WriteCampaigns(Campaigns);
        WriteMatrix(writer, "items.npy", [1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], 2);
        WriteMatrix(writer, "neighbours.npy", [1, -1, 0, 2, -1, -1, 3, 0], 2);
        WriteMatrix(writer, "neighbour_scores.npy", [.5f, 0f, .5f, .1f, 0f, 0f, 1f, .2f], 2);
        WriteMatrix(writer, "tables/item.npy", [1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], 2);
        WriteMatrix(writer, "tables/category.npy", [1f, 2f, 3f], 1);
        File.WriteAllText(writer.PathOf("features.json"), $$"""{ "fingerprint": "{{Features}}" }""");
        File.WriteAllText(writer.PathOf("user_tower.onnx"), "not really a graph");
        writer.AddModel("user_tower", Tower());
        writer.Metrics["auc"] = 0.75;
        writer.Lineage["data"] = "four items";
        return writer;
    }

    /// <summary>Publishes and returns the bundle's folder.</summary>
    public static string Publish(string root, string version = "v1")
    {
        using var writer = Write(root, version);
        writer.Publish();
        return Path.Combine(root, version);
    }

    public static void WriteMatrix<T>(BundleWriter writer, string name, T[] values, int columns)
        where T : unmanaged
    {
        using var matrix = new NpyMatrix<T>(values, columns);
        matrix.Save(writer.PathOf(name));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
