namespace LineRec.Tests.Pipeline;

public sealed class AllocationTests
{
    [Fact]
    public void A_request_allocates_its_answer_and_nothing_else()
    {
        using var recommender = Build(exposures: null);
        var (whole, answerAlone) = MeasureBoth(recommender);
        Assert.Equal(answerAlone, whole);
    }

    [Fact]
    public void A_logged_request_allocates_no_more_once_the_log_has_its_rows()
    {
        using var folder = new Exposures.SegmentFolder();
        using var log = new ExposureLog(folder.Options(o => o.WriteInterval = TimeSpan.FromMilliseconds(20)));
        using var recommender = Build(log);
        for (int i = 0; i < 1_000; i++) Answer(recommender, Request); // more rows than the measuring needs
        Exposures.LoggedShop.Until(() => log.WrittenCount == 1_000);
        var (whole, answerAlone) = MeasureBoth(recommender);
        Assert.Equal(answerAlone, whole);
        log.Dispose();
        Assert.Equal(0, log.DroppedCount);
        Assert.Equal(1_000 + 301, log.WrittenCount); // what was measured was logged
    }

    private static readonly RecommendationRequest Request = TestShop.Request(20, "u");

    private static Recommender Build(ExposureLog? exposures)
    {
        var histories = new InMemoryUserHistoryStore();
        for (int i = 0; i < 50; i++) histories.Append(new UserEvent("u", TestShop.Id(i + 50), EventType.Purchase, TestShop.Now.AddDays(-i - 1)));
        float[] features = [.. Enumerable.Range(0, 50 * 30).Select(i => (float)i)];
        return TestShop.Build(p => p
            .Retrieve(r => r.Use("a", 30, TestShop.Rows([.. Enumerable.Range(0, 30)])).Use("b", 30, TestShop.Rows([.. Enumerable.Range(20, 30)])))
            .Filter(f => f.InStock().NotPurchasedWithin(TimeSpan.FromDays(30)))
            .Rank(r => r.Use("r", (context, c, _) =>
            {
                context.RankedFeatures?.Record("state", c.Rows, features.AsSpan(0, 40), features.AsSpan(0, c.Count * 30));
                for (int i = 0; i < c.Count; i++) c.Scores[i] = c.Rows[i];
                return default;
            }))
            .ReRank(r => r.Use("rr", static (_, c, _) => default)).Deadline(TimeSpan.FromSeconds(30)), histories: histories, more: b =>
            {
                if (exposures is not null) b.UseExposureLog(exposures);
            });
    }

    private static (long Whole, long AnswerAlone) MeasureBoth(Recommender recommender)
    {
        long whole = Measure(() => Answer(recommender, Request));
        string[] ids = [.. Answer(recommender, Request).Items.Select(i => i.ItemId)];
        long answerAlone = Measure(() =>
        {
            var items = new SlateItem[ids.Length];
            for (int i = 0; i < items.Length; i++) items[i] = new SlateItem(ids[i], 1f);
            return new Slate("home", default, "v1", items, [], default);
        });
        return (whole, answerAlone);
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
