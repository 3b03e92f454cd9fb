using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Extensibility.Tests;

/// <summary>A host's own components as delegates.</summary>
public class DelegateTests
{
    [Fact]
    public async Task Delegates_retrieve_filter_rank_and_re_rank()
    {
        using var host = await TestHost.StartAsync(p => p
            .Retrieve(r => r.Use("shelf", 10, (context, candidates, _) =>
            {
                foreach (var (itemId, score) in Shelf.All) candidates.Add(context.Catalog, itemId, score);
                return default;
            }))
            .Filter(f => f.Use("cheap", (context, candidates, _) =>
            {
                for (int i = 0; i < candidates.Count; i++)
                {
                    if (context.Catalog.Price![candidates.Rows[i]] > 60) candidates.Remove(i);
                }

                return default;
            }))
            .Rank(r => r.Use("cheapest", (context, candidates, _) =>
            {
                for (int i = 0; i < candidates.Count; i++) candidates.Scores[i] = -context.Catalog.Price![candidates.Rows[i]];
                return default;
            }))
            .ReRank(r => r.Use("turned", (_, candidates, _) =>
            {
                candidates.Reorder([.. Enumerable.Range(0, candidates.Count).Reverse()]);
                return default;
            })));

        Assert.Equal("a c f d b", await host.ServeAsync());
    }

    [Fact]
    public async Task A_delegate_that_waits_is_awaited()
    {
        using var host = await TestHost.StartAsync(p => p.Retrieve(r => r.Use("far", 10, async (context, candidates, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            candidates.Add(context.Catalog, "d", 1);
        })));

        Assert.Equal("d", await host.ServeAsync());
    }

    [Fact]
    public async Task A_delegate_that_throws_is_left_out_and_the_answer_says_so()
    {
        using var host = await TestHost.StartAsync(p => p
            .Retrieve(r => r.Use("shelf", 10, new Components.ShelfRetriever(Shelf.All)))
            .Rank(r => r.Use("broken", (_, _, _) => throw new InvalidOperationException("no weights"))));

        var slate = await host.Services.GetRequiredService<Recommender>().RecommendAsync(TestHost.Request);

        Assert.Equal("a b c d e f", TestHost.Ids(slate));
        var degradation = Assert.Single(slate.Degradations, d => d.Component == "broken");
        Assert.Equal((FunnelStage.Rank, DegradationReason.Failed, DegradationAction.Skipped), (degradation.Stage, degradation.Reason, degradation.Action));
        Assert.Contains("no weights", degradation.Detail, StringComparison.Ordinal);
    }
}
