using static LineRec.Tests.Exposures.SegmentFolder;

namespace LineRec.Tests.Exposures;

public sealed class ExposureLogTests : IDisposable
{
    private readonly SegmentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_holds_what_was_shown_why_and_what_the_ranker_saw()
    {
        Slate slate;
        using (var shop = new LoggedShop(_folder.Options(), placement: p => p
            .Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 2)).Use("b", 10, TestShop.Rows(2, 3)))
            .Rank(r => r.Use("features", (context, candidates, _) =>
            {
                float[] cross = [.. candidates.Rows.ToArray().SelectMany(row => new[] { row, row + 0.5f })];
                context.RankedFeatures!.Record("state-1", candidates.Rows, [7f, 8f, 9f], cross);
                for (int i = 0; i < candidates.Count; i++) candidates.Scores[i] = candidates.Rows[i];
                return default;
            }))
            .FallBackTo("charts")))
        {
            slate = shop.Ask(TestShop.Request(5, "u"));
            Assert.Equal([3, 2, 1, 50, 51], slate.RowsOf());
        }

        var row = Assert.Single(_folder.Batches());
        Assert.Equal(1, row.Length);
        Assert.Equal(
            [slate.AttributionId.ToString(), "home", "u", "v1", "state-1"],
            new[] { ExposureColumns.RequestId, ExposureColumns.Placement, ExposureColumns.UserId, ExposureColumns.BundleVersion, ExposureColumns.FeatureState }.Select(c => Texts(row, c).Single()));
        Assert.Equal(TestShop.Now, ((Apache.Arrow.TimestampArray)row.Column(ExposureColumns.Time)).GetTimestamp(0));
        Assert.Equal(slate.Items.Select(i => i.ItemId), TextList(row, ExposureColumns.ItemIds, 0));
        Assert.Equal(slate.Items.Select(i => i.Score), Numbers(row, ExposureColumns.Scores, 0)!);
        Assert.Equal(["a", "b"], TextList(row, ExposureColumns.Sources, 0));
        Assert.Equal([0b10, 0b11, 0b01, 0, 0], Bits(row, ExposureColumns.Origins, 0)); // the last two came from the fallback
        Assert.Equal([7f, 8f, 9f], Numbers(row, ExposureColumns.UserFeatures, 0)!);
        Assert.Equal([3f, 3.5f, 2f, 2.5f, 1f, 1.5f, float.NaN, float.NaN, float.NaN, float.NaN], Numbers(row, ExposureColumns.CrossFeatures, 0)!);
    }

    [Fact]
    public void Without_a_user_or_features_there_is_nothing_in_their_place()
    {
        using (var shop = new LoggedShop(_folder.Options())) shop.Ask(TestShop.Request(2));
        var row = Assert.Single(_folder.Batches());
        Assert.Equal([null, null], new[] { ExposureColumns.UserId, ExposureColumns.FeatureState }.Select(c => Texts(row, c).Single()));
        Assert.Null(Numbers(row, ExposureColumns.UserFeatures, 0));
        Assert.Null(Numbers(row, ExposureColumns.CrossFeatures, 0));
        Assert.Equal(2, TextList(row, ExposureColumns.ItemIds, 0).Length);
    }

    [Fact]
    public void Without_a_log_rankers_are_asked_for_nothing()
    {
        bool? asked = null;
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Rank(r => r.Use("r", (context, _, _) =>
        {
            asked = context.RankedFeatures is not null;
            return default;
        })));
        Assert.True(recommender.RecommendAsync(TestShop.Request(1)).IsCompletedSuccessfully);
        Assert.False(asked);
    }

    [Fact]
    public async Task What_nobody_is_shown_is_not_logged()
    {
        var observer = new Bystander();
        using (var shop = new LoggedShop(_folder.Options()))
        {
            await shop.ExplainAsync(TestShop.Request(3, "explained"));
            shop.Ask(TestShop.Request(3, "observed") with { Observer = observer });
            shop.Ask(TestShop.Request(30, "shown")); // short, so that the fallback would be asked, were there one
        }

        Assert.True(observer.Steps > 0);
        Assert.Equal(["shown"], _folder.Batches().SelectMany(b => Texts(b, ExposureColumns.UserId)));
    }

    [Fact]
    public void A_features_record_of_one_request_is_not_the_next_ones()
    {
        bool records = true;
        using (var shop = new LoggedShop(_folder.Options(), placement: p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Rank(r => r.Use("r", (context, candidates, _) =>
        {
            if (records) context.RankedFeatures!.Record("s", candidates.Rows, [1f], [2f]);
            return default;
        }))))
        {
            shop.Ask(1);
            records = false;
            shop.Ask(1);
        }

        Assert.Equal(["s", null], _folder.Batches().SelectMany(b => Texts(b, ExposureColumns.FeatureState)));
    }

    [Fact]
    public void A_share_of_requests_is_chosen_by_their_ids()
    {
        List<string> asked;
        using (var shop = new LoggedShop(_folder.Options(o => o.Share = 0.3))) asked = shop.Ask(3_000);
        var logged = _folder.Requests;
        Assert.InRange(logged.Count, 800, 1_000);
        Assert.Equal(logged, asked.Where(logged.ToHashSet().Contains)); // in order, each once

        using var again = new SegmentFolder();
        using (var shop = new LoggedShop(again.Options(o => o.Share = 0.3))) shop.Ask(3_000);
        Assert.Equal(logged, again.Requests);
    }

    [Fact]
    public void Many_threads_requests_are_logged_each_once()
    {
        using var asked = new System.Collections.Concurrent.BlockingCollection<string>();
        using (var shop = new LoggedShop(_folder.Options()))
        {
            Parallel.For(0, 4, thread =>
            {
                for (int i = 0; i < 500; i++) asked.Add(shop.Ask(TestShop.Request(5, $"u{thread}") with { Seed = (ulong)i }).AttributionId.ToString());
            });
            Assert.Equal(0, shop.Log.DroppedCount);
        }

        Assert.Equal(asked.Order(StringComparer.Ordinal), _folder.Requests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => new ExposureLog(new ExposureLogOptions { Share = 1.5, MaxWaiting = 0, SegmentBytes = 0, SegmentAge = TimeSpan.Zero, WriteInterval = TimeSpan.FromDays(99) })).Message;
        Assert.All(new[] { "Folder isn't set", "Share is 1.5", "MaxWaiting is 0", "SegmentBytes is 0", "SegmentAge is 00:00:00", "WriteInterval is 99.00:00:00" }, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
    }

    private sealed class Bystander : IFunnelObserver
    {
        public int Steps { get; private set; }

        public void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates) => Steps++;
    }
}
