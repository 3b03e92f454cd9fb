using LineRec.Conformance;

namespace LineRec.Rerank.Tests.NoAdjacent;

public class NoAdjacentReRankerConformanceTests : ReRankerConformance
{
    /// <summary>Categories x, x, x, y, none, x, z, y; the slate's four hold three x, one too many: c makes room for e, which has no category.</summary>
    protected override (int Take, (string ItemId, float Score)[] Candidates) Known =>
        (4, [("a", 8f), ("b", 7f), ("c", 6f), ("d", 5f), ("e", 4f), ("f", 3f), ("g", 2f), ("h", 1f)]);

    protected override string[] Expected => ["a", "d", "b", "e"];

    protected override ModelSnapshot CreateSnapshot() =>
        new(TestRequests.Catalog(8, TextColumn.Encode("category", ["x", "x", "x", "y", null, "x", "z", "y"])));

    protected override IReRanker Create(ModelSnapshot snapshot) => FakeReRankingBuilder.Link(snapshot, b => b.NoAdjacent(x => x.Category));

    [Fact]
    public void A_catalog_without_the_column_is_refused_when_linked()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(2, TextColumn.Encode("brand", ["x", "y"])));
        string message = Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message;
        Assert.Contains("'home'", message, StringComparison.Ordinal);
        Assert.Contains("it has 'brand'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_depth_of_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => new FakeReRankingBuilder().NoAdjacent(x => x.Category, new NoAdjacentOptions { MaxDepth = 0 }));
}
