using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.NewArrivals;

public class NewArrivalsRetrieverTests : RetrieverConformance
{
    /// <summary>Days since listing; null has no date, a negative one is still to come.</summary>
    private static readonly double?[] Ages = [0, 15, 24, 30, null, -1, 24];

    private static readonly string?[] Categories = ["toys", "toys", "shoes", "shoes", "shoes", "shoes", null];

    /// <summary>Window 30 days. The history is two thirds shoes (weight 1 + 1, no decay) and one third toys: a = 1 + 1/3, b = .5 + 1/3, c = .2 + 2/3, g = .2.</summary>
    protected override (string ItemId, float Score)[] Expected => [("a", 1.33333f), ("c", 0.866667f), ("b", 0.833333f), ("g", 0.2f)];

    protected override bool AnswersUnknownUsers => true;

    protected override ModelSnapshot CreateSnapshot() => Snapshot(Ages, Categories);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot([], []);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, new NewArrivalsOptions { History = new HistoryWeights { Decay = 1f } });

    protected override void Describe(RequestContext context)
    {
        context.Happened("d", EventType.Click, TimeSpan.FromDays(3));
        context.Happened("c", EventType.Click, TimeSpan.FromDays(2));
        context.Happened("b", EventType.Click, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_user_without_history_gets_the_newest_first_and_ties_by_row()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([0, 1, 2, 6], (await Create(snapshot).Retrieve(TestRequests.Begin(snapshot))).Select(r => r.Row));
    }

    [Fact]
    public void An_item_that_is_not_new_has_no_score()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[3];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot), [3, 4, 5], scores);
        Assert.All(scores, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public async Task Early_popularity_lifts_by_its_share_of_the_charts_best()
    {
        using var snapshot = Snapshot(Ages, Categories, new Chart([3, 1], [8f, 4f]));
        var retriever = Link(snapshot, new NewArrivalsOptions { PopularityWeight = 2f });
        Assert.Equal((1, 1.5f), (await retriever.Retrieve(TestRequests.Begin(snapshot)))[0]);
    }

    [Fact]
    public void A_popularity_weight_without_the_chart_is_refused_when_linked()
    {
        using var snapshot = CreateSnapshot();
        Assert.Contains("'trending'", Assert.Throws<InvalidOperationException>(() => Link(snapshot, new NewArrivalsOptions { PopularityWeight = 2f })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalog_without_listing_times_is_refused_when_linked()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(2));
        Assert.Contains("'listed_at'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new NewArrivalsRetriever(snapshot.Catalog));
    }

    [Fact]
    public async Task Only_the_newest_are_looked_at_where_there_are_too_many()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([0, 1], (await Link(snapshot, new NewArrivalsOptions { MaxExamined = 2 }).Retrieve(TestRequests.Begin(snapshot))).Select(r => r.Row));
    }

    [Fact]
    public async Task Without_categories_being_new_alone_counts()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(2, ListedAt([6, 3])));
        Assert.Equal([1, 0], (await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, c => c.Happened("a", EventType.Click, TimeSpan.FromDays(1))))).Select(r => r.Row));
    }

    [Fact]
    public async Task A_users_taste_lifts_by_the_two_tower_score()
    {
        using var snapshot = CreateSnapshot();
        snapshot.GetOrCreate("items.npy", _ => new NpyMatrix<float>([0f, 2f, -2f, 0f, 0f, 0f, float.NaN], 1));
        var options = new NewArrivalsOptions { TasteWeight = 4f, CategoryWeight = 0f, Encoder = new FakeEncoder(1f) };
        var found = await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([1, 0, 2, 6], found.Select(f => f.Row));
        Assert.Equal(0.5f + (4f / (1f + MathF.Exp(-2f))), found[0].Score, 1e-5f);
        Assert.Equal(3f, found[1].Score, 1e-5f);
        Assert.Equal(0.2f, found[3].Score, 1e-5f); // a vector of NaN: new, and no more
        Assert.Equal([0, 1, 2, 6], (await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot))).Select(f => f.Row)); // an unknown user: by age
    }

    [Fact]
    public async Task Where_asked_for_only_categories_of_the_history_are_proposed()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Link(snapshot, new NewArrivalsOptions { LikedCategoriesOnly = true });
        Assert.Equal([0, 1], (await retriever.Retrieve(TestRequests.Begin(snapshot, c => c.Happened("b", EventType.Click, TimeSpan.FromDays(1))))).Select(f => f.Row));
        Assert.Equal([0, 1, 2, 6], (await retriever.Retrieve(TestRequests.Begin(snapshot))).Select(f => f.Row));
    }

    [Fact]
    public void A_taste_weight_without_vectors_or_encoder_is_refused()
    {
        using var snapshot = CreateSnapshot();
        Assert.Contains("'items.npy'", Assert.Throws<InvalidOperationException>(() => Link(snapshot, new NewArrivalsOptions { TasteWeight = 1f })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new NewArrivalsRetriever(snapshot.Catalog, options: new NewArrivalsOptions { TasteWeight = 1f }));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().NewArrivals(1, new NewArrivalsOptions { Window = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().NewArrivals(1, new NewArrivalsOptions { MaxExamined = 0 }));
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().NewArrivals(1, new NewArrivalsOptions { CategoryWeight = float.NaN }));
    }

    private static IRetriever Link(ModelSnapshot snapshot, NewArrivalsOptions options)
    {
        var builder = new FakeRetrievalBuilder();
        builder.NewArrivals(100, options);
        return builder.Link(snapshot);
    }

    private static TimeColumn ListedAt(double?[] ages) =>
        new("listed_at", Array.ConvertAll(ages, age => age is { } days ? (TestRequests.Now - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds() : TimeColumn.Missing));

    private static ModelSnapshot Snapshot(double?[] ages, string?[] categories, Chart? chart = null)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(ages.Length, ListedAt(ages), TextColumn.Encode("category", categories)))
        {
            Charts = chart is null ? new Dictionary<string, Chart>() : new Dictionary<string, Chart> { ["trending"] = chart },
        };
        return snapshot;
    }
}
