using LineRec.Features;
using LineRec.Onnx.Tests;

namespace LineRec.Ranking.Tests;

/// <summary>A bundle's folder with features, tables and one linear ranker over all inputs.</summary>
internal sealed class RankerBundle : IDisposable
{
    internal const int Dimension = 4;
    private const int ItemCount = 400;
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ModelDescription _ranker;

    internal RankerBundle()
    {
        var random = new Random(1);
        string[] ids = [.. Enumerable.Range(0, ItemCount).Select(i => $"i{i:D4}")];
        Catalog = new Catalog(ids,
        [
            TextColumn.Encode(CatalogColumns.Category, [.. ids.Select((_, i) => i % 9 == 0 ? null : $"c{i % 7}")]),
            new NumberColumn(CatalogColumns.Price, [.. ids.Select((_, i) => i % 11 == 0 ? float.NaN : 1f + i)]),
        ]);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (2f * random.NextSingle()) - 1f)];
        ItemTable = new NpyMatrix<float>(Values(ItemCount * Dimension), Dimension);
        CategoryTable = new NpyMatrix<float>(Values((Catalog.Category!.Values.Length + 1) * 3), 3);
        Directory.CreateDirectory(Path.Combine(Folder, "tables"));
        ItemTable.Save(Path.Combine(Folder, "tables", "item.npy"));
        CategoryTable.Save(Path.Combine(Folder, "tables", "category.npy"));
        var spec = FeatureSpec.Create(s => s
            .User(u => u.PooledHistory().EventCounts().DaysSinceLast())
            .Item(i => i.LogNumber("price").Embedding("category").CategoryOneHot())
            .Cross(c => c.SourceScores("a", "b").OwnHistory().CategoryShare().PriceRatio().Position()));
        using var fitted = new FeatureFitter(spec, Catalog, Now).Fit();
        fitted.Save(Folder);
        using var encoder = FeatureEncoder.Create(fitted, Catalog, name => name == "item" ? ItemTable : CategoryTable);
        Inputs =
        [
            new("user", encoder.UserWidth, Values(encoder.UserWidth), "1"), new("embedding", Dimension, Values(Dimension)), new("category", 3, Values(3)),
            new("item", encoder.ItemWidth, Values(encoder.ItemWidth)), new("cross", encoder.CrossWidth, Values(encoder.CrossWidth)),
        ];
        TinyGraph.Write(Folder, "rankers/home.onnx", Inputs, sigmoid: true);
        _ranker = new ModelDescription("rankers/home.onnx",
        [
            new("user", ModelInputKind.Dense, encoder.UserWidth, Block: "user"), new("embedding", ModelInputKind.Gathered, Dimension, "item"), new("category", ModelInputKind.Gathered, 3, "category"),
            new("item", ModelInputKind.Dense, encoder.ItemWidth, Block: "item"), new("cross", ModelInputKind.Dense, encoder.CrossWidth, Block: "cross"),
        ], "score", fitted.Fingerprint);
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("linerec-ranking").FullName;

    internal Catalog Catalog { get; }

    internal NpyMatrix<float> ItemTable { get; }

    internal NpyMatrix<float> CategoryTable { get; }

    internal TinyGraph.Input[] Inputs { get; }

    internal ModelSnapshot Snapshot(Func<ModelDescription, ModelDescription>? change = null) => new(Catalog)
    {
        Directory = Folder,
        Version = "v7",
        Models = new Dictionary<string, ModelDescription> { ["rankers/home"] = change is null ? _ranker : change(_ranker) },
    };

    internal RequestContext Request(ModelSnapshot snapshot, int events)
    {
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, snapshot, Now, 1, 10);
        var random = new Random(events);
        for (int i = 0; i < events; i++) context.History.Add(random.Next(ItemCount), (EventType)random.Next(1, 5), Now.AddHours(i - 500).ToUnixTimeMilliseconds());
        return context;
    }

    internal CandidateTable Candidates(int count)
    {
        var random = new Random(count);
        var table = new CandidateTable(["a", "b"]);
        int[] rows = [.. Enumerable.Range(0, ItemCount)];
        random.Shuffle(rows);
        foreach (int row in rows.Take(count))
        {
            int index = table.Add(row, 0f, 0);
            table.AddOrigin(index, random.Next(2), random.NextSingle());
        }

        return table;
    }

    public void Dispose()
    {
        ItemTable.Dispose();
        CategoryTable.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
