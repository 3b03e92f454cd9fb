using CsCheck;
using LineRec.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Retrieval.Tests.Points;

public class PointsRetrieverTests : RetrieverConformance
{
    private static readonly float[] Prices = [50f, 100f, 200f, 400f, 100f, float.NaN, 80f];

    private static readonly string?[] Categories = ["toys", "toys", "shoes", "shoes", null, "toys", "food"];

    private static readonly Campaign Running = Of("points-1", "points", weight: 1f, "toys", "shoes", "garden");

    private static Campaign[] Campaigns =>
    [
        Running,
        Of("sale", "promotion", 9f, "food"),
        Of("over", "points", 9f, "food") with { EndsAt = TestRequests.Now },
        Of("to come", "points", 9f, "food") with { StartsAt = TestRequests.Now.AddMinutes(1) },
    ];

    /// <summary>
    /// 60 points expire in 14 days (urgency 1/2), 140 never; a point is worth 1. The history is half toys, half shoes; w / (1 + w) = 1/2.
    /// a (50): saves 50/60, m = (.83333 + .5 + .5) / 3 = .61111. b (100) and c (200): save all, m = 2/3. d (400): 200/400 · (1 + 2/3) / 2.
    /// e has no category, f no price, g is in no running points campaign.
    /// </summary>
    protected override (string ItemId, float Score)[] Expected => [("b", 1.666667f), ("c", 1.666667f), ("a", 1.611111f), ("d", 0.416667f)];

    protected override bool AnswersUnknownUsers => true; // without a history, that is: they have points

    protected override ModelSnapshot CreateSnapshot() => Snapshot(Prices, Categories, Campaigns);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot([], [], Campaigns);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, new PointsOptions { History = new HistoryWeights { Decay = 1f } }, Lots);

    protected override void Describe(RequestContext context)
    {
        context.Happened("f", EventType.Click, TimeSpan.FromDays(2));
        context.Happened("d", EventType.Purchase, TimeSpan.FromDays(1));
    }

    private static FakePoints Lots => new((140f, null), (60f, 14), (1000f, -1));

    [Fact]
    public async Task A_visitor_or_a_user_without_points_gets_nothing()
    {
        using var snapshot = CreateSnapshot();
        Assert.Empty(await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe, request: new RecommendationRequest { Placement = "home" })));
        var broke = Link(snapshot, new PointsOptions(), new FakePoints((10f, -1)));
        Assert.Empty(await broke.Retrieve(TestRequests.Begin(snapshot, Describe)));
        var scores = new float[2];
        ((ICandidateScorer)broke).Score(TestRequests.Begin(snapshot, Describe), [0, 1], scores);
        Assert.All(scores, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public void Items_outside_of_running_campaigns_or_without_a_price_have_no_score()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[3];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot, Describe), [4, 5, 6], scores);
        Assert.All(scores, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public async Task What_can_not_be_paid_can_be_left_out()
    {
        using var snapshot = CreateSnapshot();
        var found = await Link(snapshot, new PointsOptions { IncludeUnaffordable = false }, Lots).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([0, 1, 2], found.Select(f => f.Row).Order());
    }

    [Fact]
    public async Task A_point_may_be_worth_less_than_one()
    {
        using var snapshot = CreateSnapshot();
        var found = await Link(snapshot, new PointsOptions { PointValue = 0.25f, IncludeUnaffordable = false }, Lots).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([0], found.Select(f => f.Row)); // 200 points are 50
    }

    [Fact]
    public async Task Points_that_expire_sooner_are_more_urgent()
    {
        using var snapshot = CreateSnapshot();
        var options = new PointsOptions { InterestWeight = 0f, CampaignWeight = 0f };
        var found = await Link(snapshot, options, new FakePoints((50f, 14), (50f, 28), (300f, null))).Retrieve(TestRequests.Begin(snapshot));
        Assert.Equal([1, 2, 3, 0], found.Select(f => f.Row));
        Assert.Equal(1f + (2f / 3), found[3].Score, 1e-5f); // 50 · 1/2 of 50 · 1/2 + 50 · 1/4
    }

    [Fact]
    public async Task Live_prices_count()
    {
        using var snapshot = CreateSnapshot();
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home", UserId = "u" }, snapshot, TestRequests.Now, 1, 20, new HalfPrice());
        Describe(context);
        Assert.Equal(1.666667f, (await Create(snapshot).Retrieve(context)).Single(f => f.Row == 3).Score, 1e-5f);
    }

    [Fact]
    public async Task An_item_of_several_campaigns_counts_once_with_the_best()
    {
        using var snapshot = Snapshot(Prices, Categories, [Running, Of("points-2", "points", 3f, "shoes")]);
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([2, 1, 0, 3], found.Select(f => f.Row));
        Assert.Equal(1.75f, found[0].Score, 1e-5f); // (1 + .5 + .75) / 3
    }

    [Fact]
    public void It_finds_the_scores_that_looking_at_every_item_finds() =>
        Gen.Select(Gen.Int[0, 40].Array[30], Gen.Int[-1, 3].Array[30], Gen.Int[0, 29].Array[0, 4], Gen.Int[1, 60], Gen.Int[1, 8]).Sample((prices, categories, history, balance, limit) =>
        {
            using var snapshot = Snapshot(
                [.. prices.Select(p => (float)p)], [.. categories.Select(c => c < 0 ? null : ((char)('w' + c)).ToString())], [Of("1", "points", 2f, "w", "x", "y"), Of("2", "points", 1f, null)]);
            var retriever = Link(snapshot, new PointsOptions(), new FakePoints((balance / 2f, 3), (balance / 2f, 30)));
            void describe(RequestContext context)
            {
                foreach (int row in history) context.Happened(context.Catalog.IdOf(row), EventType.Click, TimeSpan.FromDays(1));
            }

            var scores = new float[30];
            ((ICandidateScorer)retriever).Score(TestRequests.Begin(snapshot, describe), [.. Enumerable.Range(0, 30)], scores);
            var found = retriever.Retrieve(TestRequests.Begin(snapshot, describe), limit).GetAwaiter().GetResult();
            Assert.Equal(scores.OrderDescending().Take(limit), found.Select(f => f.Score));
            Assert.All(found, f => Assert.Equal(scores[f.Row], f.Score));
            Assert.All(Enumerable.Range(0, 30), row => Assert.Equal(prices[row] <= balance, scores[row] >= 1f));
        });

    [Fact]
    public void What_is_missing_is_named_when_linked()
    {
        using var snapshot = CreateSnapshot();
        var builder = new FakeRetrievalBuilder();
        builder.Points(10);
        Assert.Contains("IUserPoints", Assert.Throws<InvalidOperationException>(() => builder.Link(snapshot)).Message, StringComparison.Ordinal);
        Assert.NotNull(builder.Link(snapshot, services: s => s.AddSingleton<IUserPoints>(Lots)));
        using var noPrices = new ModelSnapshot(TestRequests.Catalog(2));
        Assert.Contains("'price'", Assert.Throws<InvalidOperationException>(() => Link(noPrices, new PointsOptions(), Lots)).Message, StringComparison.Ordinal);
        using var noColumn = Snapshot(Prices, Categories, [Running with { Column = "colour" }]);
        Assert.Contains("'colour'", Assert.Throws<InvalidOperationException>(() => Create(noColumn)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (var options in new PointsOptions[]
        {
            new() { Kinds = [] }, new() { PointValue = 0f }, new() { ExpiryHalfLife = TimeSpan.Zero }, new() { MaxExamined = 0 }, new() { ExpiryWeight = -1f },
            new() { ExpiryWeight = 0f, InterestWeight = 0f, CampaignWeight = 0f }, new() { History = new() { Last = 0 } },
        })
        {
            Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Points(1, options));
        }
    }

    private static Campaign Of(string id, string kind, float weight, params string[]? categories) =>
        new(id, kind, TestRequests.Now.AddDays(-1), TestRequests.Now.AddDays(1), weight, categories is null ? null : "category", categories ?? []);

    private static IRetriever Link(ModelSnapshot snapshot, PointsOptions options, IUserPoints points)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Points(100, options with { Points = points });
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Snapshot(float[] prices, string?[] categories, Campaign[] campaigns) =>
        new(TestRequests.Catalog(prices.Length, new NumberColumn("price", prices), TextColumn.Encode("category", categories))) { Campaigns = campaigns };

    private sealed class HalfPrice : ILiveItems
    {
        public void SetStock(string itemId, int pieces) => throw new NotSupportedException();

        public void SetPrice(string itemId, float price) => throw new NotSupportedException();

        public float StockOf(Catalog catalog, int row) => 1f;

        public float PriceOf(Catalog catalog, int row) => catalog.Price![row] / 2f;
    }
}
