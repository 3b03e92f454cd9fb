using LineRec.Conformance;

namespace LineRec.Rerank.Tests.Campaigns;

public class CampaignsReRankerTests : ReRankerConformance
{
    private static readonly DateTimeOffset Now = TestRequests.Now;

    protected override (int Take, (string ItemId, float Score)[] Candidates) Known => (6, [("a", 6f), ("b", 5f), ("c", 4f), ("d", 3f), ("e", 2f), ("f", -1f)]);

    /// <summary>Toys double: b 10, c 8, e stays 2 ("toyshop" is no path under "toys"), f's -1 becomes -0.5.</summary>
    protected override string[] Expected => ["b", "c", "a", "d", "e", "f"];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(Toys(Now.AddDays(-1), Now.AddDays(1)));

    protected override IReRanker Create(ModelSnapshot snapshot) => FakeReRankingBuilder.Link(snapshot, b => b.Campaigns());

    [Fact]
    public void Scores_are_weighted_and_a_negative_one_is_lifted_too() =>
        Assert.Equal([10f, 8f, 6f, 3f, 2f, -0.5f], (Run(Toys(Now.AddDays(-1), Now.AddDays(1)))).Scores);

    [Fact]
    public void A_campaign_starts_at_its_start_and_is_over_at_its_end()
    {
        Assert.Equal([1, 2, 0, 3, 4, 5], (Run(Toys(Now, Now.AddDays(1)))).Rows);
        Assert.Equal([0, 1, 2, 3, 4, 5], (Run(Toys(Now.AddDays(-1), Now))).Rows);
        Assert.Equal([0, 1, 2, 3, 4, 5], (Run(Toys(Now.AddDays(1), Now.AddDays(2)))).Rows);
    }

    [Fact]
    public void Several_campaigns_on_one_item_multiply()
    {
        var (rows, scores) = Run(Toys(Now, Now.AddDays(1)), Toys(Now, Now.AddDays(1)) with { Id = "2", Weight = 0.25f });
        Assert.Equal([0, 3, 1, 2, 4, 5], rows);
        Assert.Equal([6f, 3f, 2.5f, 2f, 2f, -2f], scores);
    }

    [Fact]
    public void A_campaign_without_a_column_applies_to_all_and_one_without_values_to_none()
    {
        Assert.Equal([12f, 10f, 8f, 6f, 4f, -0.5f], (Run(Toys(Now, Now.AddDays(1)) with { Column = null })).Scores);
        Assert.Equal([6f, 5f, 4f, 3f, 2f, -1f], (Run(Toys(Now, Now.AddDays(1)) with { Values = [] })).Scores);
    }

    [Fact]
    public void Prefixes_count_in_category_paths_only() =>
        Assert.Equal([0, 1, 2, 3, 4, 5], (Run(Toys(Now, Now.AddDays(1)) with { Column = "brand", Values = ["br"] })).Rows);

    [Fact]
    public async Task A_running_campaign_that_applies_to_no_candidate_touches_nothing()
    {
        using var snapshot = Snapshot(Toys(Now, Now.AddDays(1)) with { Values = ["shoes"] });
        var table = TestRequests.Table((0, 1f), (1, 2f));
        table.Reorder([1, 0]); // an order that sorting would undo
        await Create(snapshot).ReRankAsync(TestRequests.Begin(snapshot), table, CancellationToken.None);
        Assert.Equal([0, 1], table.Rows.ToArray());
    }

    [Fact]
    public async Task Only_the_kinds_that_are_named_count()
    {
        using var snapshot = CreateSnapshot();
        var table = TestRequests.Table([.. Known.Candidates.Select((c, row) => (row, c.Score))]);
        await FakeReRankingBuilder.Link(snapshot, b => b.Campaigns(new CampaignsOptions { Kinds = ["points"] })).ReRankAsync(TestRequests.Begin(snapshot), table, CancellationToken.None);
        Assert.Equal([0, 1, 2, 3, 4, 5], table.Rows.ToArray());
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_not_over_zero_is_refused_when_linked(float weight)
    {
        using var snapshot = Snapshot(Toys(Now, Now.AddDays(1)) with { Weight = weight });
        Assert.Contains("Campaign 'spring' has the weight", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_the_catalog_lacks_is_refused_when_linked()
    {
        using var snapshot = Snapshot(Toys(Now, Now.AddDays(1)) with { Column = "colour" });
        Assert.Contains("'colour'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    private static Campaign Toys(DateTimeOffset from, DateTimeOffset to) => new("spring", "promotion", from, to, 2f, "category", ["toys"]);

    private static ModelSnapshot Snapshot(params Campaign[] campaigns) => new(TestRequests.Catalog(
        6,
        TextColumn.Encode("category", ["books", "toys", "toys/outdoor/balls", null, "toyshop", "toys"]),
        TextColumn.Encode("brand", ["br/x", "br/x", "br/x", "br/x", "br/x", "br/x"])))
    { Campaigns = campaigns };

    private (int[] Rows, float[] Scores) Run(params Campaign[] campaigns)
    {
        using var snapshot = Snapshot(campaigns);
        var table = TestRequests.Table([.. Known.Candidates.Select((c, row) => (row, c.Score))]);
        Measure.CompletedAtOnce(Create(snapshot).ReRankAsync(TestRequests.Begin(snapshot), table, CancellationToken.None));
        return (table.Rows.ToArray(), table.Scores.ToArray());
    }
}
