using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tracking.Tests;

/// <summary>A server that is broken, busy, cut off or slow: repeated, and done once.</summary>
public class MlflowFaultTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Faults => [.. Enum.GetNames<MlflowFault>().Where(f => f is not (nameof(MlflowFault.None) or nameof(MlflowFault.Slow)))];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_call_that_fails_once_is_done_once(string name)
    {
        var fault = Enum.Parse<MlflowFault>(name);
        await using var server = await FakeMlflow.StartAsync();
        Dictionary<string, int> failed = [];
        server.Fault = (_, call) => (failed[call] = failed.GetValueOrDefault(call) + 1) == 1 ? fault : MlflowFault.None; // the first of each kind
        using var folder = new TempFolder();
        using var tracker = Tracker(server, retries: 5);
        await using (var run = await tracker.StartRunAsync("x", "r"))
        {
            await run.LogMetricsAsync([new("a", 1, Start, 0)]);
            await run.LogMetricsAsync([new("a", 2, Start, 1), new("b", double.PositiveInfinity, Start, 1)]);
            await run.LogParamsAsync([new("p", "1")]);
            await run.SetTagsAsync([new("t", "1")]);
            await run.LogInputAsync(new DatasetInput { Name = "n", Digest = "d", Source = "s" });
            await run.LogArtifactAsync(folder.Write("x", "f"));
            await run.EndAsync();
        }

        await tracker.RegisterModelAsync(new() { Name = "m", Source = "s3://b", Aliases = ["champion"] });

        var state = Assert.Single(server.State.Runs.Values);
        Assert.Equal("FINISHED", state.Status);
        Assert.Equal([1.0, 2.0], state.Values("a"));
        Assert.Single(state.Metrics, m => m["key"]!.GetValue<string>() == "b");
        Assert.Equal(("1", "1", 1, 1), (state.Params["p"], state.Tags["t"], state.Inputs.Count, server.State.Artifacts.Count));
        Assert.Equal(["champion"], Assert.Single(server.State.Models["m"]).Aliases);
        Assert.Empty(server.Problems);
        Assert.True(failed.Count >= 11, string.Join(", ", failed.Keys)); // each kind of call was hit
    }

    [Fact]
    public async Task A_busy_server_is_called_again_when_it_asks_for_it()
    {
        await using var server = await FakeMlflow.StartAsync();
        server.Fault = (n, _) => n == 0 ? MlflowFault.Busy : MlflowFault.None;
        var time = new FakeTimeProvider(Start);
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), RetryDelay = TimeSpan.FromMilliseconds(1), RequestTimeout = TimeSpan.FromHours(1) }, time: time);
        var starting = tracker.StartRunAsync("x");
        while (server.Received == 0) await Task.Yield();
        for (int i = 0; i < 100; i++) await Task.Delay(1); // long enough for a call after the option's own pause
        Assert.Equal(1, server.Received);

        while (!starting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(7));
            await Task.Delay(1);
        }

        await starting;
        Assert.Equal(4, server.Received);
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_is_repeated_and_done_once()
    {
        await using var server = await FakeMlflow.StartAsync();
        server.Fault = (_, call) => call == "POST runs/create" && !server.Calls.Contains(call) ? MlflowFault.Slow : MlflowFault.None;
        var time = new FakeTimeProvider(Start);
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), RequestTimeout = TimeSpan.FromMinutes(5) }, time: time);
        var starting = tracker.StartRunAsync("x");
        while (!server.Calls.Contains("POST runs/create")) await Task.Yield();
        time.Advance(TimeSpan.FromMinutes(5));
        while (!starting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1)); // the pause before the repetition
            await Task.Delay(20);
        }

        Assert.Equal((await starting).RunId, Assert.Single(server.State.Runs).Key);
    }

    [Fact]
    public async Task Reads_are_repeated_too()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server, retries: 1);
        await using var run = await tracker.StartRunAsync("x", "r");
        await run.LogMetricsAsync([new("loss", 1, Start, 0)]);
        await tracker.RegisterModelAsync(new() { Name = "m", Source = "s3://b", Aliases = ["champion"] });
        int calls = 0;
        server.Fault = (_, _) => calls++ % 2 == 0 ? MlflowFault.CutAfter : MlflowFault.None;

        Assert.Equal(1, (await tracker.ReadRunsAsync("x")).Single().Last("loss"));
        Assert.Equal(1, (await tracker.FindModelAsync("m", "champion"))!.Version);
        Assert.Equal(8, calls);
    }

    [Fact]
    public async Task Without_a_spool_what_can_not_be_sent_is_thrown()
    {
        await using var server = await FakeMlflow.StartAsync();
        server.Fault = (_, _) => MlflowFault.Broken;
        using var tracker = Tracker(server, retries: 1);

        var failed = await Assert.ThrowsAsync<TrackingException>(() => tracker.StartRunAsync("x"));
        Assert.True(failed.IsTransient);
        Assert.Contains("the database went away", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Received);
    }

    [Fact]
    public async Task Metrics_that_are_lost_do_not_end_a_training_but_its_run_tells()
    {
        await using var server = await FakeMlflow.StartAsync();
        var log = new LogCounter();
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), MaxRetries = 0 }, logger: log);
        await using var run = await tracker.StartRunAsync("x", "r");
        server.Fault = (_, call) => call is "POST runs/log-metric" or "POST runs/log-batch" ? MlflowFault.Broken : MlflowFault.None;
        run.LogMetric("loss", 1);
        run.LogMetric("loss", 2);

        var lost = await Assert.ThrowsAsync<TrackingException>(() => run.EndAsync());
        Assert.Contains("2 metrics of run 'r' weren't written", lost.Message, StringComparison.Ordinal);
        Assert.Equal("FINISHED", server.State.Runs.Values.Single().Status);
        Assert.Contains(log.Entries, e => e.Text.Contains("goes on without them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_whose_artefacts_lie_elsewhere_says_so()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var http = new HttpClient(new ElsewhereHandler());
        using var folder = new TempFolder();
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString() }, () => http);
        await using var run = await tracker.StartRunAsync("x");

        var refused = await Assert.ThrowsAsync<TrackingException>(() => run.LogArtifactAsync(folder.Write("x", "f")));
        Assert.Contains("--serve-artifacts", refused.Message, StringComparison.Ordinal);
    }

    private static ExperimentTracker Tracker(FakeMlflow server, int retries) =>
        ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), MaxRetries = retries, RetryDelay = TimeSpan.FromMilliseconds(1) }, time: new SkippingTime(Start));

    /// <summary>Turns the artefacts of runs to a bucket, as a server without --serve-artifacts has them.</summary>
    private sealed class ElsewhereHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("runs/create", StringComparison.Ordinal))
            {
                var run = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
                run["run"]!["info"]!["artifact_uri"] = "s3://bucket/1";
                answer.Content = new StringContent(run.ToJsonString());
            }

            return answer;
        }
    }
}
