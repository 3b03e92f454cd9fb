using LineRec.Extensibility.Tests.Components;

namespace LineRec.Extensibility.Tests;

/// <summary>A host's own components as instances, alone and together.</summary>
public class InstanceTests
{
    [Fact]
    public async Task A_retriever_proposes_in_its_own_order() =>
        Assert.Equal("a b c d e f", await ServeAsync(p => p.Retrieve(r => r.Use("shelf", 10, new ShelfRetriever(Shelf.All)))));

    [Fact]
    public async Task A_retrievers_limit_keeps_its_best() =>
        Assert.Equal("a b", await ServeAsync(p => p.Retrieve(r => r.Use("shelf", 2, new ShelfRetriever(Shelf.All)))));

    [Fact]
    public async Task A_filter_removes() => Assert.Equal("a b c d f", await ServeAsync(p => p
        .Retrieve(r => r.Use("shelf", 10, new ShelfRetriever(Shelf.All)))
        .Filter(f => f.Use("cheap", new CheapFilter(60)))));

    [Fact]
    public async Task A_ranker_decides_the_order() => Assert.Equal("b d f c a e", await ServeAsync(p => p
        .Retrieve(r => r.Use("shelf", 10, new ShelfRetriever(Shelf.All)))
        .Rank(r => r.Use("cheapest", new CheapestFirstRanker()))));

    [Fact]
    public async Task A_re_ranker_has_the_last_word() => Assert.Equal("a c b d e f", await ServeAsync(p => p
        .Retrieve(r => r.Use("shelf", 10, new ShelfRetriever(Shelf.All)))
        .ReRank(r => r.Use("brand", new BrandFirstReRanker("x")))));

    [Fact]
    public async Task All_four_work_together() => Assert.Equal("c a b d f", await ServeAsync(p => p
        .Retrieve(r => r.Use("shelf", 10, new ShelfRetriever(Shelf.All)))
        .Filter(f => f.Use("cheap", new CheapFilter(60)))
        .Rank(r => r.Use("cheapest", new CheapestFirstRanker()))
        .ReRank(r => r.Use("brand", new BrandFirstReRanker("x")))));

    private static async Task<string> ServeAsync(Action<IPlacementBuilder> placement)
    {
        using var host = await TestHost.StartAsync(placement);
        return await host.ServeAsync();
    }
}
