using LineRec.Conformance;

namespace LineRec.Rerank.Tests.Freshness;

public class FreshnessReRankerConformanceTests : ReRankerConformance
{
    private static readonly double?[] Ages = [90, 29, 1, 90, null, -1];

    /// <summary>b and c are new; d has no date that is past the window, e none, f isn't listed yet. Of two, one must be new: b comes up.</summary>
    protected override (int Take, (string ItemId, float Score)[] Candidates) Known =>
        (2, [("a", 6f), ("d", 5f), ("f", 4f), ("e", 3f), ("b", 2f), ("c", 1f)]);

    protected override string[] Expected => ["a", "b"];

    protected override ModelSnapshot CreateSnapshot() => new(TestRequests.Catalog(6, new TimeColumn(
        "listed_at",
        Array.ConvertAll(Ages, age => age is { } days ? (TestRequests.Now - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds() : TimeColumn.Missing))));

    protected override IReRanker Create(ModelSnapshot snapshot) => FakeReRankingBuilder.Link(snapshot, b => b.Freshness(0.5, 0.5));

    [Fact]
    public void A_catalog_without_listing_times_is_refused_when_linked()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(2));
        Assert.Contains("'listed_at'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FreshnessReRanker(snapshot.Catalog, 0.1, 0.2));
    }

    [Theory]
    [InlineData(-0.1, 0.1, 30)]
    [InlineData(0.2, 0.1, 30)]
    [InlineData(0.2, 1.1, 30)]
    [InlineData(double.NaN, 0.1, 30)]
    [InlineData(0.1, double.NaN, 30)]
    [InlineData(0.1, 0.2, 0)]
    public void Shares_and_windows_out_of_range_are_refused(double min, double max, int days) =>
        Assert.Throws<ArgumentException>(() => new FakeReRankingBuilder().Freshness(min, max, new FreshnessOptions { Window = TimeSpan.FromDays(days) }));
}
