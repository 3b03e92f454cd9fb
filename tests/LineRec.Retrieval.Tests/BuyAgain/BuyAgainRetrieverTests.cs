using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.BuyAgain;

public class BuyAgainRetrieverTests : RetrieverConformance
{
    /// <summary>Half-life 10 days: b twice, 10 and 20 days ago; a once, 10 days ago; c 30 days ago.</summary>
    protected override (string ItemId, float Score)[] Expected => [("b", 0.75f), ("a", 0.5f), ("c", 0.125f)];

    protected override ModelSnapshot CreateSnapshot() => new(TestRequests.Catalog(4));

    protected override ModelSnapshot? CreateEmptySnapshot() => new(TestRequests.Catalog(0));

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, b => b.BuyAgain(100, new BuyAgainOptions { HalfLife = TimeSpan.FromDays(10) }));

    protected override void Describe(RequestContext context)
    {
        context.Happened("c", EventType.Purchase, TimeSpan.FromDays(30));
        context.Happened("b", EventType.Purchase, TimeSpan.FromDays(20));
        context.Happened("a", EventType.Purchase, TimeSpan.FromDays(10));
        context.Happened("b", EventType.Purchase, TimeSpan.FromDays(10));
        context.Happened("d", EventType.Click, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Without_a_half_life_frequency_alone_counts()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Link(snapshot, b => b.BuyAgain(100, new BuyAgainOptions { HalfLife = null }));
        Assert.Equal([(1, 2f), (0, 1f), (2, 1f)], await retriever.Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public async Task Recently_viewed_takes_clicks_and_leaves_purchases()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Link(snapshot, b => b.RecentlyViewed(100));
        Assert.Equal([(3, 0.5f)], await retriever.Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public void An_item_never_bought_scores_zero()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[2];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot, Describe), [3, 0], scores);
        Assert.Equal([0f, 0.5f], scores);
    }

    [Fact]
    public void A_half_life_of_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().BuyAgain(10, new BuyAgainOptions { HalfLife = TimeSpan.Zero }));

    [Fact]
    public void Type_weights_of_nothing_are_refused() =>
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().BuyAgain(10, new BuyAgainOptions { TypeWeights = [0f, 0f] }));

    private static IRetriever Link(ModelSnapshot snapshot, Action<IRetrievalBuilder> add)
    {
        var builder = new FakeRetrievalBuilder();
        add(builder);
        return builder.Link(snapshot);
    }
}
