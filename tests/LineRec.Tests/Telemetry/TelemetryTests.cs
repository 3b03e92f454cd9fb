using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LineRec.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Every_span_of_a_request_names_the_placement()
    {
        string name = $"traced-{Guid.NewGuid()}";
        var spans = new List<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "LineRec", Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStopped = a => { lock (spans) spans.Add(a); } };
        ActivitySource.AddActivityListener(listener);
        using var recommender = Build(name, p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))));
        await recommender.RecommendAsync(new() { Placement = name, Take = 1 });
        lock (spans)
        {
            Assert.Equal(
                ["linerec.retrieve", "linerec.filter", "linerec.rank", "linerec.rerank", "linerec.recommend"],
                spans.Where(s => name.Equals(s.GetTagItem("linerec.placement"))).Select(s => s.OperationName));
        }
    }

    [Fact]
    public async Task A_failed_request_is_counted_with_its_error_and_its_span_says_so()
    {
        string name = $"traced-{Guid.NewGuid()}";
        var spans = new List<Activity>();
        var errors = new List<object?>();
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "LineRec", Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStopped = a => { lock (spans) spans.Add(a); } };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "linerec.request.duration") l.EnableMeasurementEvents(i); } };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(t => t.Key, t => t.Value);
            if (!name.Equals(all["linerec.placement"])) return;
            lock (errors) errors.Add(all.GetValueOrDefault("error.type"));
        });
        meters.Start();
        using var recommender = Build(name, p => p.Retrieve(r => r.Use("a", 5, (_, _, _) => throw new InvalidOperationException("down")).OnFailure(FailurePolicy.Propagate)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => recommender.RecommendAsync(new() { Placement = name, Take = 1 }).AsTask());
        lock (errors) Assert.Equal("System.InvalidOperationException", Assert.Single(errors));
        lock (spans) Assert.Equal(ActivityStatusCode.Error, Assert.Single(spans, s => s.OperationName == "linerec.recommend" && name.Equals(s.GetTagItem("linerec.placement"))).Status);
    }

    private static Recommender Build(string name, Action<IPlacementBuilder> configure) => new RecommenderBuilder().AddPlacement(name, configure).Build(TestShop.Snapshot());
}
