namespace LineRec.Features.Tests;

/// <summary>A small seeded shop with missing values, and requests against it.</summary>
internal sealed class TestShop
{
    internal const int ItemCount = 40;
    internal const int EmbeddingDimension = 5;
    internal static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset End = Start.AddDays(60);
    internal static readonly string[] Sources = ["two-tower", "item-to-item", "buy-again"];

    internal TestShop(int seed, int items = ItemCount)
    {
        var random = new Random(seed);
        string[] ids = [.. Enumerable.Range(0, items).Select(i => $"item-{i:D4}")];
        string?[] categories = [.. ids.Select(_ => random.Next(6) switch { 0 => null, 1 => "toys/outdoor", 2 => "toys/indoor", 3 => "home/kitchen", 4 => "home/bath", _ => "garden" })];
        string?[] brands = [.. ids.Select(_ => random.Next(4) == 0 ? null : $"brand-{random.Next(9)}")];
        float[] prices = [.. ids.Select((_, i) => i % 7 == 3 ? float.NaN : 1f + (100f * random.NextSingle()))];
        long[] listed = [.. ids.Select((_, i) => i % 5 == 4 ? TimeColumn.Missing : Start.AddDays(random.Next(60)).ToUnixTimeMilliseconds())];
        Catalog = new Catalog(ids,
        [
            TextColumn.Encode(CatalogColumns.Category, categories), TextColumn.Encode(CatalogColumns.Brand, brands),
            new NumberColumn(CatalogColumns.Price, prices), new NumberColumn("weight", [.. ids.Select(_ => 3f)]), new TimeColumn(CatalogColumns.ListedAt, listed),
        ]);
        Snapshot = new ModelSnapshot(Catalog);
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (2f * random.NextSingle()) - 1f)];
        ItemTable = new NpyMatrix<float>(Random(items * EmbeddingDimension), EmbeddingDimension);
        CategoryTable = new NpyMatrix<float>(Random((Catalog.Category!.Values.Length + 1) * 3), 3);
    }

    internal Catalog Catalog { get; }

    internal ModelSnapshot Snapshot { get; }

    internal NpyMatrix<float> ItemTable { get; }

    internal NpyMatrix<float> CategoryTable { get; }

    internal static FeatureSpec Everything { get; } = FeatureSpec.Create(s => s
        .History(new HistoryPooling { Last = 10, Decay = 0.9f })
        .User(u => u.PooledHistory().EventCounts().RecentEvents().DaysSinceLast().HourOfDay().DayOfWeek().MeanPrice().RepeatShare())
        .Item(i => i.CategoryOneHot(3).Embedding("category").LogNumber("price").Number("weight").Counts().RecentCounts().WilsonCtr().WilsonCvr().Repeats()
            .Number("price", new YeoJohnsonTransform()).LogNumber("price", new RobustTransform()).Buckets("price").Number("price", new QuantileTransform { Output = QuantileOutput.Normal })
            .Frequency("brand").Ordinal("category", "garden", "toys/indoor", "toys/outdoor").TargetCtr("category").MultiHot("category", "/", 4).Hash("brand", 8))
        .Cross(c => c.SourceScores(Sources).SourceScores("no-such-retriever").OwnHistory().Session().CategoryShare().CategoryShare(1).BrandShare().PriceRatio().ListContext().ListContextOfSource("two-tower").ListContextOfItem("click_count").ListDistance("item-to-item").Age().Similarity().Position()));

    internal NpyMatrix<float> Tables(string name) => name switch { "item" => ItemTable, "category" => CategoryTable, _ => throw new InvalidOperationException($"No table '{name}'.") };

    internal FittedFeatures Fit(FeatureSpec? spec = null, int seed = 1, int events = 3000)
    {
        var fitter = new FeatureFitter(spec ?? Everything, Catalog, End);
        var random = new Random(seed);
        var (users, rows, types, times) = (new int[events], new int[events], new EventType[events], new long[events]);
        for (int i = 0; i < events; i++)
        {
            (users[i], rows[i], types[i]) = (random.Next(30), random.Next(Catalog.Count / 2), (EventType)random.Next(5));
            times[i] = Start.AddMinutes(i * 60 * 24 * 60.0 / events).ToUnixTimeMilliseconds();
        }

        fitter.Add(users, rows, types, times);
        return fitter.Fit();
    }

    internal FeatureEncoder Encoder(FittedFeatures fitted) => FeatureEncoder.Create(fitted, Catalog, Tables);

    internal RequestContext Request(Random random, int events, int anchors = 2)
    {
        var context = Request([.. Enumerable.Range(0, anchors).Select(_ => Catalog.IdOf(random.Next(Catalog.Count)))]);
        for (int i = 0; i < events; i++) context.History.Add(random.Next(Catalog.Count), (EventType)random.Next(1, 6), Start.AddMinutes(i * 60 * 24 * 60.0 / events).ToUnixTimeMilliseconds());
        return context;
    }

    internal RequestContext Request(params string[] anchors)
    {
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home", AnchorItemIds = anchors }, Snapshot, End.AddHours(7), seed: 1, take: 20);
        return context;
    }

    /// <summary>Candidates of distinct rows with some scores missing and some equal.</summary>
    internal CandidateTable Candidates(Random random, int count)
    {
        var table = new CandidateTable(Sources);
        int[] rows = [.. Enumerable.Range(0, Catalog.Count)];
        random.Shuffle(rows);
        foreach (int row in rows.Take(count))
        {
            int index = table.Add(row, random.NextSingle(), 0);
            for (int s = 0; s < Sources.Length; s++)
            {
                if (random.Next(3) > 0) table.AddOrigin(index, s, MathF.Round((4f * random.NextSingle()) - 2f, 1));
            }
        }

        return table;
    }

    internal static float[] User(FeatureEncoder encoder, RequestContext context)
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, encoder.UserWidth)];
        encoder.EncodeUser(context, values);
        return values;
    }

    internal static float[] Cross(FeatureEncoder encoder, RequestContext context, CandidateTable candidates, int[]? positions = null)
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, candidates.Count * encoder.CrossWidth)];
        encoder.EncodeCross(context, candidates, values, positions);
        return values;
    }
}
