using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LineRec.Tests.Hosting;

public sealed class HostTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("linerec-host").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_newer_bundle_takes_over_under_load_without_a_lost_or_mixed_answer()
    {
        Publish("v0", best: 0);
        using var host = Start(out var builder);
        await host.StartAsync();
        var recommender = host.Services.GetRequiredService<Recommender>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
        {
            int answers = 0;
            while (answers == 0 || !stop.IsCancellationRequested)
            {
                var slate = recommender.RecommendAsync(new() { Placement = "home", Take = 3 }).AsTask().GetAwaiter().GetResult();
                Assert.Equal(TestShop.Id(int.Parse(slate.BundleVersion[1..], System.Globalization.CultureInfo.InvariantCulture)), slate.Items[0].ItemId);
                Assert.Empty(slate.Degradations);
                answers++;
            }

            return answers;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        for (int version = 1; version <= 8; version++)
        {
            Publish($"v{version}", version);
            Assert.True(await host.Services.GetRequiredService<RecommenderHost>().CheckNowAsync());
            Assert.Equal($"v{version}", recommender.BundleVersion);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(load), answers => Assert.True(answers > 0));
    }

    [Fact]
    public async Task What_the_first_bundle_held_is_released_when_a_newer_one_has_taken_over()
    {
        Publish("v0", best: 0);
        using var host = Start(out _);
        await host.StartAsync();
        var catalog = CatalogOf(host);
        Publish("v1", best: 1);
        Assert.True(await host.Services.GetRequiredService<RecommenderHost>().CheckNowAsync());
        for (int i = 0; i < 10 && catalog.IsAlive; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(catalog.IsAlive);
        GC.KeepAlive(host);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CatalogOf(IHost host)
    {
        var observer = new CatalogObserver();
        var pending = host.Services.GetRequiredService<Recommender>().RecommendAsync(new() { Placement = "home", Take = 3, Observer = observer });
        Assert.True(pending.IsCompletedSuccessfully);
        return observer.Catalog!;
    }

    private sealed class CatalogObserver : IFunnelObserver
    {
        public WeakReference? Catalog { get; private set; }

        public void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates) => Catalog = new WeakReference(context.Catalog);
    }

    [Fact]
    public async Task A_damaged_newer_bundle_is_refused_the_old_one_serves_on_and_health_says_so()
    {
        Publish("v0", best: 0);
        using var host = Start(out _);
        await host.StartAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        Publish("v1", best: 1);
        File.WriteAllText(Path.Combine(_root, "v1", "campaigns.json"), "[1]");
        Assert.False(await host.Services.GetRequiredService<RecommenderHost>().CheckNowAsync());
        Assert.Equal("v0", host.Services.GetRequiredService<Recommender>().BundleVersion);
        var report = await health.CheckHealthAsync();
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("campaigns.json", report.Entries["linerec"].Description, StringComparison.Ordinal);

        Publish("v2", best: 2);
        Assert.True(await host.Services.GetRequiredService<RecommenderHost>().CheckNowAsync());
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_missing_bundle_fails_the_start_and_says_what_to_do()
    {
        using var host = Start(out _);
        var wrong = await Assert.ThrowsAsync<BundleException>(() => host.StartAsync());
        Assert.Contains(_root, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Publish", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_bundle_nor_snapshot_fails_the_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLineRec(_ => { }).AddPlacement("home", p => p.Retrieve(r => r.Use("a", 3, TestShop.Rows(1))));
        using var host = builder.Build();
        Assert.Contains("LineRecOptions.Bundle", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_pipeline_fails_the_start()
    {
        Publish("v0", best: 0);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLineRec(o => o.Bundle = _root).AddPlacement("home", p => p.Retrieve(r => r.AddService<MissingRetriever>("mine", 5)));
        using var host = builder.Build();
        var wrong = await Assert.ThrowsAsync<PipelineException>(() => host.StartAsync());
        Assert.Contains("'mine'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("AddSingleton", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_fed_by_the_host_counts_at_once()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLineRec(o => o.Snapshot = TestShop.Snapshot()).AddPlacement("home", p => p.Retrieve(r => r.Use("a", 3, TestShop.Rows(1, 2))).Filter(f => f.InStock()));
        using var host = builder.Build();
        await host.StartAsync();
        using var scope = host.Services.CreateScope();
        var recommender = scope.ServiceProvider.GetRequiredService<IRecommender>();
        Assert.Equal([1, 2], (await recommender.RecommendAsync(TestShop.Request(2))).RowsOf());
        host.Services.GetRequiredService<ILiveItems>().SetStock(TestShop.Id(1), 0);
        Assert.Equal([2], (await recommender.RecommendAsync(TestShop.Request(2))).RowsOf());
    }

    private IHost Start(out HostApplicationBuilder builder)
    {
        builder = Host.CreateApplicationBuilder();
        builder.Services.AddHealthChecks().AddLineRec();
        builder.Services.AddLineRec(o =>
        {
            o.Bundle = _root;
            o.BundlePollInterval = TimeSpan.FromDays(1);
        }).AddPlacement("home", p => p.Retrieve(r => r.Add("chart", 10, c => new ChartRetriever(c.Snapshot.Charts[Chart.Trending]))));
        return builder.Build();
    }

    private void Publish(string version, int best)
    {
        using var writer = BundleWriter.Create(_root, version);
        writer.WriteCatalog(TestShop.Catalog());
        writer.WriteCharts(new Dictionary<string, Chart> { [Chart.Trending] = new([best, 50, 51], [3f, 2f, 1f]) });
        writer.WriteCampaigns([]);
        writer.Publish();
    }

    private sealed class MissingRetriever : IRetriever
    {
        public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken) => default;
    }

    private sealed class ChartRetriever(Chart chart) : IRetriever
    {
        public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
        {
            candidates.Add(chart.Rows, chart.Scores);
            return default;
        }
    }
}
