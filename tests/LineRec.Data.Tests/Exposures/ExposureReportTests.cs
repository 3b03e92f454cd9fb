namespace LineRec.Data;

public sealed class ExposureReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Clicks_and_orders_are_joined_by_request_and_item()
    {
        var outcomes = Outcomes(
            Event("r1", "a", EventType.Click, 1),
            Event("r1", "a", EventType.Click, 2), // the same impression again
            Event("r1", "a", EventType.Purchase, 3) with { Price = 10, Quantity = 2 },
            Event("r2", "b", EventType.Purchase, 4) with { Price = 5 }, // one piece
            Event("r2", "b", EventType.Purchase, 5), // without a price
            Event("r2", "c", EventType.Click, 6), // not in the slate
            Event("r3", "c", EventType.Click, 7),
            Event("unknown", "a", EventType.Purchase, 8) with { Price = 99 },
            SampleEvents.Event("u", "a", EventType.Click, 9)); // no request
        var report = ExposureReport.Create([Exposure("r1", "home", "v1", "a", "b"), Exposure("r2", "home", "v2", "a", "b"), Exposure("r3", "cart", "v2", "c"), Exposure("r4", "cart", "v2")], outcomes);

        Assert.Equal([new("cart", null, 2, 1, 1, 0, 0), new PlacementFigures("home", null, 2, 4, 1, 3, 25)], report.Placements);
        Assert.Equal([new("cart", "v2", 2, 1, 1, 0, 0), new("home", "v1", 1, 2, 1, 1, 20), new PlacementFigures("home", "v2", 1, 2, 0, 2, 5)], report.Bundles);
        Assert.Equal((1L, 1L), (report.UnknownClicks, report.UnknownOrders));
    }

    [Fact]
    public void The_rate_comes_with_its_interval()
    {
        var figures = new PlacementFigures("home", null, 10, 100, 20, 0, 0);
        Assert.Equal(0.2, figures.Ctr);
        Assert.Equal((0.1334, 0.2888), (Math.Round(figures.CtrLow, 4), Math.Round(figures.CtrHigh, 4))); // Wilson (1927), as any statistics package gives it
        Assert.True(double.IsNaN(new PlacementFigures("home", null, 1, 0, 0, 0, 0).Ctr));
    }

    [Fact]
    public void What_happens_after_the_end_is_not_seen()
    {
        string events = _folder["events.parquet"];
        SampleEvents.Write(events, [Event("r", "a", EventType.Click, 1), Event("r", "b", EventType.Click, 10)]);
        var outcomes = RequestOutcomes.Read(new EventReader(events), to: SampleEvents.Start.AddMinutes(10));
        Assert.Equal((1, 0, 1), (outcomes.Of("r", "a").Clicks, outcomes.Of("r", "b").Clicks, outcomes.Count));
    }

    private RequestOutcomes Outcomes(params EventRow[] rows)
    {
        SampleEvents.Write(_folder["events.parquet"], rows);
        return RequestOutcomes.Read(new EventReader(_folder["events.parquet"]));
    }

    private static EventRow Event(string request, string item, EventType type, double minute) => SampleEvents.Event("u", item, type, minute) with { RequestId = request };

    private static Exposure Exposure(string request, string placement, string bundle, params string[] items) => new()
    {
        RequestId = request,
        UnixMilliseconds = 0,
        Placement = placement,
        UserId = "u",
        BundleVersion = bundle,
        FeatureState = null,
        ItemIds = items,
        Scores = new float[items.Length],
        Sources = ["a"],
        Origins = new long[items.Length],
        UserFeatures = null,
        CrossFeatures = null,
    };
}
