namespace LineRec.Tests.Pipeline;

public sealed class AllocationTests
{
    [Fact]
    public void A_request_allocates_its_answer_and_nothing_else()
    {
        var histories = new InMemoryUserHistoryStore();
        for (int i = 0; i < 50; i++) histories.Append(new UserEvent("u", TestShop.Id(i + 50), EventType.Purchase, TestShop.Now.AddDays(-i - 1)));
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("a", 30, TestShop.Rows([.. Enumerable.Range(0, 30)])).Use("b", 30, TestShop.Rows([.. Enumerable.Range(20, 30)])))
            .Filter(f => f.InStock().NotPurchasedWithin(TimeSpan.FromDays(30)))
            .Rank(r => r.Use("r", static (_, c, _) =>
            {
                for (int i = 0; i < c.Count; i++) c.Scores[i] = c.Rows[i];
                return default;
            }))
            .ReRank(r => r.Use("rr", static (_, c, _) => default)).Deadline(TimeSpan.FromSeconds(30)), histories: histories);
        var request = TestShop.Request(20, "u");

        long whole = Measure(() => Answer(recommender, request));
        string[] ids = [.. Answer(recommender, request).Items.Select(i => i.ItemId)];
        long answerAlone = Measure(() =>
        {
            var items = new SlateItem[ids.Length];
            for (int i = 0; i < items.Length; i++) items[i] = new SlateItem(ids[i], 1f);
            return new Slate("home", default, "v1", items, [], default);
        });
        Assert.Equal(answerAlone, whole);
    }

    private static Slate Answer(Recommender recommender, RecommendationRequest request)
    {
        var pending = recommender.RecommendAsync(request);
        Assert.True(pending.IsCompletedSuccessfully);
        return pending.Result;
    }

    /// <summary>The least of many: the runtime's own work now and then allocates on the thread.</summary>
    private static long Measure(Func<Slate> action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 300; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            GC.KeepAlive(action());
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
