using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Trending;

public class ChartScopeTests
{
    private static readonly string?[] Categories = ["toys/outdoor", "toys/puzzles", "shoes", "shoes", null];

    [Fact]
    public async Task A_segment_is_told_by_the_request_and_others_get_the_shops_chart()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, ChartScope.Segment("region"));
        Assert.Equal([3], await Rows(retriever, Attributed(snapshot, "region", "north")));
        Assert.Equal([0, 1], await Rows(retriever, Attributed(snapshot, "region", "south")));
        Assert.Equal([0, 1], await Rows(retriever, TestRequests.Begin(snapshot)));
    }

    [Fact]
    public async Task A_category_is_told_by_the_request_or_an_anchor_or_the_history()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, ChartScope.Category);
        Assert.Equal([2], await Rows(retriever, Attributed(snapshot, "category", "shoes")));
        var anchored = new RecommendationRequest { Placement = "item", AnchorItemIds = ["e", "d", "a"] };
        Assert.Equal([2], await Rows(retriever, TestRequests.Begin(snapshot, request: anchored))); // e has no category
        Assert.Equal([2], await Rows(retriever, TestRequests.Begin(snapshot, c =>
        {
            c.Happened("a", EventType.Click, TimeSpan.FromDays(3));
            c.Happened("c", EventType.Click, TimeSpan.FromDays(2));
            c.Happened("d", EventType.Click, TimeSpan.FromDays(1));
        })));
        Assert.Equal([0, 1], await Rows(retriever, TestRequests.Begin(snapshot)));
    }

    [Fact]
    public async Task A_category_without_a_chart_takes_that_of_the_one_above_it()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, ChartScope.Category);
        Assert.Equal([1], await Rows(retriever, Attributed(snapshot, "category", "toys/outdoor/summer")));
        Assert.Equal([0, 1], await Rows(retriever, Attributed(snapshot, "category", "toyshop")));
        var anchored = new RecommendationRequest { Placement = "item", AnchorItemIds = ["a"] };
        Assert.Equal([1], await Rows(retriever, TestRequests.Begin(snapshot, request: anchored)));
    }

    [Fact]
    public async Task Scopes_are_looked_at_in_their_order_and_the_placements_chart_ends_them()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, [ChartScope.Segment("region"), ChartScope.Placement, ChartScope.Category], placement: "cart");
        Assert.Equal([3], await Rows(retriever, Attributed(snapshot, "region", "north")));
        Assert.Equal([4], await Rows(retriever, Attributed(snapshot, "category", "shoes")));
    }

    [Fact]
    public async Task Scores_are_those_of_the_requests_chart()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, ChartScope.Segment("region"));
        var scores = new float[3];
        ((ICandidateScorer)retriever).Score(Attributed(snapshot, "region", "north"), [0, 3, 4], scores);
        Assert.Equal([float.NaN, 5f, float.NaN], scores);
        Assert.Equal([5f], (await retriever.Retrieve(Attributed(snapshot, "region", "north"))).Select(f => f.Score));
    }

    [Fact]
    public async Task A_chart_that_ranks_too_few_is_passed_over()
    {
        using var snapshot = Snapshot();
        var builder = new FakeRetrievalBuilder();
        builder.Trending(100, new TrendingOptions { By = [ChartScope.Placement, ChartScope.Segment("region")], MinItems = 2 });
        Assert.Equal([0, 1], await Rows(builder.Link(snapshot, "cart"), Attributed(snapshot, "region", "north")));
    }

    [Fact]
    public void Choosing_a_chart_allocates_nothing()
    {
        using var snapshot = Snapshot();
        var retriever = Link(snapshot, [ChartScope.Segment("region"), ChartScope.Category], "home");
        var context = new RequestContext();
        var sink = new CandidateSink(10);
        var request = new RecommendationRequest { Placement = "home", Attributes = new Dictionary<string, string> { ["region"] = "south", ["category"] = "toys/outdoor/summer" } };
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, 20);
            sink.Clear();
            Measure.CompletedAtOnce(retriever.RetrieveAsync(context, sink, CancellationToken.None));
        }));
        Assert.Equal([1], sink.Rows.ToArray());
    }

    [Fact]
    public void Scopes_that_can_not_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ChartScope.Segment("category"));
        Assert.Throws<ArgumentException>(() => ChartScope.Segment(""));
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Trending(1, new TrendingOptions { By = [ChartScope.Segment("a"), ChartScope.Segment("a")] }));
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Trending(1, new TrendingOptions { MinItems = 0 }));
    }

    private static async Task<IEnumerable<int>> Rows(IRetriever retriever, RequestContext context) => (await retriever.Retrieve(context)).Select(f => f.Row);

    private static RequestContext Attributed(ModelSnapshot snapshot, string name, string value) =>
        TestRequests.Begin(snapshot, request: new RecommendationRequest { Placement = "home", Attributes = new Dictionary<string, string> { [name] = value } });

    private static IRetriever Link(ModelSnapshot snapshot, ChartScope scope) => Link(snapshot, [scope], "home");

    private static IRetriever Link(ModelSnapshot snapshot, ChartScope[] scopes, string placement)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Trending(100, new TrendingOptions { By = scopes });
        return builder.Link(snapshot, placement);
    }

    private static ModelSnapshot Snapshot() => new(TestRequests.Catalog(5, TextColumn.Encode("category", Categories)))
    {
        Charts = new Dictionary<string, Chart>
        {
            ["trending"] = new([0, 1], [2f, 1f]),
            ["trending/cart"] = new([4], [1f]),
            ["trending/region=north"] = new([3], [5f]),
            ["trending/category=shoes"] = new([2], [1f]),
            ["trending/category=toys"] = new([1], [1f]),
        },
    };
}
