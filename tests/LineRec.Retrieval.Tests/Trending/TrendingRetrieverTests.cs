using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Trending;

public class TrendingRetrieverTests : RetrieverConformance
{
    protected override (string ItemId, float Score)[] Expected => [("b", 3f), ("a", 2f), ("c", 2f)];

    protected override bool AnswersUnknownUsers => true;

    protected override ModelSnapshot CreateSnapshot() => Snapshot(4, ("trending", new Chart([1, 0, 2], [3f, 2f, 2f])), ("trending/cart", new Chart([3], [1f])));

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot(0, ("trending", new Chart([], [])));

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, "home");

    protected override void Describe(RequestContext context) => context.Happened("a", EventType.Click, TimeSpan.FromHours(1));

    [Fact]
    public async Task A_placement_with_a_chart_of_its_own_gets_that_one()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([(3, 1f)], await Link(snapshot, "cart").Retrieve(TestRequests.Begin(snapshot)));
    }

    [Fact]
    public void An_item_that_the_chart_does_not_rank_has_no_score()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[2];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot), [1, 3], scores);
        Assert.Equal([3f, float.NaN], scores);
    }

    [Fact]
    public void Without_the_chart_linking_names_it_and_those_there_are()
    {
        using var snapshot = Snapshot(2, ("best", new Chart([0], [1f])));
        string message = Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message;
        Assert.Contains("needs the chart 'trending'", message, StringComparison.Ordinal);
        Assert.Contains("the charts 'best'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_of_another_catalog_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TrendingRetriever(new Chart([5], [1f]), 3));

    private static IRetriever Link(ModelSnapshot snapshot, string placement)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Trending(100);
        return builder.Link(snapshot, placement);
    }

    private static ModelSnapshot Snapshot(int count, params (string Name, Chart Chart)[] charts) =>
        new(TestRequests.Catalog(count)) { Charts = charts.ToDictionary(c => c.Name, c => c.Chart) };
}
