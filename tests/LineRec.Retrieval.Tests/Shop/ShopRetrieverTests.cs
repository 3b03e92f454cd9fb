using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Shop;

public class ShopRetrieverTests : RetrieverConformance
{
    private static readonly string?[] Shops = ["north", "north", "north", "south", "south", "west", null];

    /// <summary>Chart: b 4, d 3, a 2, f 1. History: two items of south, one of north, no decay: south 2/3, north 1/3; two a shop.</summary>
    /// <remarks>d = 2/3 · (1 + 3/3) / 2, e = 2/3 · 1/2, b = 1/3, a = 1/3 · (1 + 2/4) / 2; c is north's third.</remarks>
    protected override (string ItemId, float Score)[] Expected => [("d", 0.666667f), ("b", 0.333333f), ("e", 0.333333f), ("a", 0.25f)];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(Shops, new Chart([1, 3, 0, 5], [4f, 3f, 2f, 1f]));

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot([], new Chart([], []));

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, Two);

    protected override void Describe(RequestContext context)
    {
        context.Happened("g", EventType.Click, TimeSpan.FromDays(4)); // of no shop
        context.Happened("c", EventType.Click, TimeSpan.FromDays(3));
        context.Happened("d", EventType.Purchase, TimeSpan.FromDays(2));
        context.Happened("e", EventType.Click, TimeSpan.FromDays(1));
    }

    private static ShopOptions Two => new() { MaxPerShop = 2, History = new HistoryWeights { Decay = 1f } };

    [Fact]
    public async Task Only_the_shops_of_the_greatest_share_are_looked_at()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([3, 4], (await Link(snapshot, Two with { MaxShops = 1 }).Retrieve(TestRequests.Begin(snapshot, Describe))).Select(f => f.Row));
    }

    [Fact]
    public void Any_item_of_a_liked_shop_has_a_score_and_others_have_zero()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[3];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot, Describe), [2, 5, 6], scores);
        Assert.Equal([1f / 6, 0f, 0f], scores, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public async Task A_recent_shop_counts_more_where_the_history_decays()
    {
        using var snapshot = CreateSnapshot();
        var options = Two with { History = new HistoryWeights { Decay = 1f, HalfLife = TimeSpan.FromDays(1) } };
        var found = await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal(6f / 7, found[0].Score, 1e-5f); // south (1/2 + 1/4), north 1/8
    }

    [Fact]
    public async Task By_the_two_tower_each_user_has_their_own_order()
    {
        using var snapshot = Vectors(CreateSnapshot());
        var found = await Link(snapshot, Personal).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([4, 3, 2, 0], found.Select(f => f.Row)); // within south e beats d, within north c beats a and b
        Assert.Equal(2f / 3 / (1f + MathF.Exp(-2f)), found[0].Score, 1e-5f);
        var scores = new float[4];
        ((ICandidateScorer)Link(snapshot, Personal)).Score(TestRequests.Begin(snapshot, Describe), [4, 3, 2, 0], scores);
        Assert.Equal(found.Select(f => f.Score), scores);
    }

    [Fact]
    public async Task Where_not_all_of_a_shop_is_looked_at_the_charts_best_are()
    {
        using var snapshot = Vectors(CreateSnapshot());
        var found = await Link(snapshot, Personal with { MaxExaminedPerShop = 1 }).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([3, 1], found.Select(f => f.Row));
    }

    [Fact]
    public async Task A_user_about_whom_the_encoder_has_nothing_to_say_gets_the_charts_order()
    {
        using var snapshot = Vectors(CreateSnapshot());
        var found = await Link(snapshot, Personal with { Encoder = new SilentEncoder() }).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([3, 4, 0, 1], found.Select(f => f.Row));
        Assert.Equal([1f / 3, 1f / 3, 1f / 6, 1f / 6], found.Select(f => f.Score), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void A_warm_personal_call_allocates_nothing()
    {
        using var snapshot = Vectors(CreateSnapshot());
        var retriever = Link(snapshot, Personal);
        var context = new RequestContext();
        var sink = new CandidateSink(10);
        var request = new RecommendationRequest { Placement = "home" };
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, 20);
            Describe(context);
            sink.Clear();
            Measure.CompletedAtOnce(retriever.RetrieveAsync(context, sink, CancellationToken.None));
        }));
    }

    [Fact]
    public void What_the_bundle_lacks_is_named_when_linked()
    {
        using var noShop = new ModelSnapshot(TestRequests.Catalog(2));
        Assert.Contains("'shop'", Assert.Throws<InvalidOperationException>(() => Link(noShop, Two)).Message, StringComparison.Ordinal);
        using var noChart = Snapshot(Shops, null);
        Assert.Contains("'trending'", Assert.Throws<InvalidOperationException>(() => Link(noChart, Two)).Message, StringComparison.Ordinal);
        Assert.Contains("'items.npy'", Assert.Throws<InvalidOperationException>(() => Link(noChart, Personal)).Message, StringComparison.Ordinal);
        using var noEncoder = Vectors(Snapshot(Shops, null));
        Assert.Contains("UseOnnx()", Assert.Throws<InvalidOperationException>(() => Link(noEncoder, Personal with { Encoder = null })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (var options in new ShopOptions[] { new() { MaxShops = 0 }, new() { MaxShops = 1001 }, new() { MaxPerShop = 0 }, new() { MaxExaminedPerShop = 0 }, new() { Order = (ShopOrder)5 }, new() { History = new() { Last = 0 } } })
            Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Shop(1, options));
    }

    private static ShopOptions Personal => Two with { Order = ShopOrder.TwoTower, Encoder = new FakeEncoder(1f, 0f) };

    private static IRetriever Link(ModelSnapshot snapshot, ShopOptions options)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Shop(100, options);
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Vectors(ModelSnapshot snapshot)
    {
        snapshot.GetOrCreate("items.npy", _ => new NpyMatrix<float>([-1f, 0f, /**/ -2f, 0f, /**/ 0f, 0f, /**/ 1f, 0f, /**/ 2f, 0f, /**/ 3f, 0f, /**/ 0f, 0f], 2));
        return snapshot;
    }

    private static ModelSnapshot Snapshot(string?[] shops, Chart? chart) => new(TestRequests.Catalog(shops.Length, TextColumn.Encode("shop", shops)))
    {
        Charts = chart is null ? new Dictionary<string, Chart>() : new Dictionary<string, Chart> { ["trending"] = chart },
    };

    private sealed class SilentEncoder : IUserEncoder
    {
        public int Dimension => 2;

        public bool TryEncode(RequestContext context, Span<float> vector) => false;
    }
}
