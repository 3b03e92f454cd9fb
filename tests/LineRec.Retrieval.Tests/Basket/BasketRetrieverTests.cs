using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Basket;

public class BasketRetrieverTests : RetrieverConformance
{
    /// <summary>a's neighbours: c .6, b .2 (sum .8); b's: c .1, d .3 (sum .4); c's: e .5; d and e have none.</summary>
    private static readonly int[] Rows = [2, 1, /**/ 2, 3, /**/ 4, -1, /**/ -1, -1, /**/ -1, -1];

    private static readonly float[] Scores = [0.6f, 0.2f, /**/ 0.1f, 0.3f, /**/ 0.5f, 0f, /**/ 0f, 0f, /**/ 0f, 0f];

    /// <summary>Basket a and b, half a vote each: c = (.75 + .25) / 2, d = .75 / 2; b = .25 / 2 is in the basket itself.</summary>
    protected override (string ItemId, float Score)[] Expected => [("c", 0.5f), ("d", 0.375f)];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(5, Rows, Scores);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot(0, [], []);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, null);

    protected override void Describe(RequestContext context)
    {
        context.Happened("e", EventType.Click, TimeSpan.FromDays(2)); // a click is no cart
        context.Happened("c", EventType.Cart, TimeSpan.FromDays(8)); // left there long ago
        context.Happened("b", EventType.Cart, TimeSpan.FromDays(2));
        context.Happened("a", EventType.Cart, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Anchors_and_the_cart_are_one_basket_in_which_each_item_counts_once()
    {
        using var snapshot = CreateSnapshot();
        var request = new RecommendationRequest { Placement = "cart", AnchorItemIds = ["a", "nowhere", "b"] };
        var anchors = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, request: request));
        Assert.Equal(anchors, await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe, request: request)));
        Assert.Equal(Expected.Select(e => e.Score), anchors.Select(a => a.Score));
    }

    [Fact]
    public async Task What_was_bought_after_it_was_put_there_is_not_in_the_cart()
    {
        using var snapshot = CreateSnapshot();
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, c =>
        {
            Describe(c);
            c.Happened("a", EventType.Purchase, TimeSpan.FromMinutes(30));
        }));
        Assert.Equal([(3, 0.75f), (2, 0.25f)], found); // b alone; a is nobody's neighbour
    }

    [Fact]
    public async Task What_was_put_there_again_after_it_was_bought_is()
    {
        using var snapshot = CreateSnapshot();
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, c =>
        {
            c.Happened("a", EventType.Purchase, TimeSpan.FromMinutes(30));
            c.Happened("a", EventType.Cart, TimeSpan.FromMinutes(10));
        }));
        Assert.Equal([(2, 0.75f), (1, 0.25f)], found);
    }

    [Fact]
    public async Task Without_equal_votes_an_item_with_high_scores_counts_more()
    {
        using var snapshot = CreateSnapshot();
        var found = await Link(snapshot, new BasketOptions { EqualVotes = false }).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([2, 3], found.Select(f => f.Row));
        Assert.Equal(0.35f, found[0].Score, 1e-6f); // (.6 + .1) / 2
        Assert.Equal(0.15f, found[1].Score, 1e-6f); // .3 / 2
    }

    [Fact]
    public async Task A_heavier_cart_pulls_towards_it()
    {
        using var snapshot = CreateSnapshot();
        var request = new RecommendationRequest { Placement = "cart", AnchorItemIds = ["c"] };
        var options = new BasketOptions { Seeds = new SeedWeights { CartWeight = 3f } };
        var found = await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, c => c.Happened("b", EventType.Cart, TimeSpan.FromHours(1)), request: request));
        Assert.Equal([(3, 0.5625f), (4, 0.25f)], found); // d = .75 · 3 / 4, e = 1 · 1 / 4; c is an anchor
    }

    [Fact]
    public async Task Only_so_many_items_count()
    {
        using var snapshot = CreateSnapshot();
        var options = new BasketOptions { Seeds = new SeedWeights { CartWeight = 1f, MaxItems = 1 } };
        Assert.Equal([(2, 0.75f), (1, 0.25f)], await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, Describe))); // a is the newest
    }

    [Fact]
    public async Task A_request_whose_lists_are_null_is_one_without_anchors()
    {
        using var snapshot = CreateSnapshot();
        var request = new RecommendationRequest { Placement = "cart", AnchorItemIds = null!, Attributes = null! };
        Assert.Empty(await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, request: request)));
        request = request with { AnchorItemIds = [null!, "a"] };
        Assert.Equal(2, (await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, request: request))).Length);
    }

    [Fact]
    public void Without_neighbours_linking_names_the_file_and_who_needs_it()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(3));
        string message = Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message;
        Assert.Contains("The basket retriever", message, StringComparison.Ordinal);
        Assert.Contains("'neighbours.npy'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_when_the_retriever_is_named()
    {
        static void refused(SeedWeights seeds, BasketFusion fusion = default) =>
            Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Basket(10, new BasketOptions { Seeds = seeds, Fusion = fusion }));
        refused(new SeedWeights { AnchorWeight = -1f });
        refused(new SeedWeights { CartWeight = float.NaN });
        refused(new SeedWeights { AnchorWeight = 0f });
        refused(new SeedWeights { CartWindow = TimeSpan.Zero });
        refused(new SeedWeights { MaxItems = 0 });
        refused(new SeedWeights { MaxItems = 1001 });
        refused(new SeedWeights { History = new HistoryWeights { Last = 0 } });
        refused(new SeedWeights(), (BasketFusion)7);
    }

    private static IRetriever Link(ModelSnapshot snapshot, BasketOptions? options)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Basket(100, options);
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Snapshot(int count, int[] rows, float[] scores)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(count));
        snapshot.GetOrCreate("neighbours.npy", _ => new NpyMatrix<int>([.. rows], 2));
        snapshot.GetOrCreate("neighbour_scores.npy", _ => new NpyMatrix<float>([.. scores], 2));
        return snapshot;
    }
}
