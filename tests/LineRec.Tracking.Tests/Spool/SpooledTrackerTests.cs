namespace LineRec.Tracking.Tests;

/// <summary>A server that is away: writes wait in a folder, and arrive in order and once.</summary>
public sealed class SpooledTrackerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_run_offline_arrives_later_in_order()
    {
        await using var server = await FakeMlflow.StartAsync();
        bool away = true;
        server.Fault = (_, _) => away ? MlflowFault.ProxyDown : MlflowFault.None;
        using var tracker = Tracker(server.Address);
        string artifact = _folder.Write("as it was", "model.onnx");
        await using (var run = await tracker.StartRunAsync("x", "offline"))
        {
            Assert.StartsWith("spooled-", run.RunId, StringComparison.Ordinal);
            await run.LogParamsAsync([new("p", "1")]);
            run.LogMetric("loss", 1, 1);
            await run.FlushAsync();
            run.LogMetric("loss", 2, 2);
            await run.FlushAsync();
            await run.SetTagsAsync([new("t", "first")]);
            await run.SetTagsAsync([new("t", "second")]);
            await run.LogArtifactAsync(artifact);
            File.WriteAllText(artifact, "as it is now");
            Assert.Null(await tracker.RegisterModelAsync(new() { Name = "m", Source = $"runs:/{run.RunId}/model", RunId = run.RunId, Aliases = ["candidate"] }));
            await run.EndAsync();
        }

        Assert.Empty(server.State.Runs);
        Assert.Equal(9, await tracker.SendSpooledAsync());
        away = false;
        Assert.Equal(0, await tracker.SendSpooledAsync());

        var state = Assert.Single(server.State.Runs.Values);
        Assert.Equal(("offline", "FINISHED", "1", "second"), (state.Name, state.Status, state.Params["p"], state.Tags["t"]));
        Assert.Equal([1.0, 2.0], state.Values("loss"));
        Assert.Equal("as it was"u8.ToArray(), server.State.Artifacts[$"1/{state.Id}/artifacts/model.onnx"]);
        var version = Assert.Single(server.State.Models["m"]);
        Assert.Equal(($"runs:/{state.Id}/model", "candidate"), (version.Source, version.Aliases.Single()));
        Assert.Empty(server.Problems);
        Assert.Empty(Directory.GetFiles(_folder.At("spool"), "*.json", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(_folder.At("spool", "files")));
    }

    [Fact]
    public async Task A_server_that_comes_back_gets_what_waits_before_what_is_new()
    {
        await using var server = await FakeMlflow.StartAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        bool away = false;
        server.Fault = (_, _) => away ? MlflowFault.CutBefore : MlflowFault.None;
        var options = Options(server.Address);
        (options.MaxRetries, options.SpoolInterval) = (0, TimeSpan.FromSeconds(30));
        using var tracker = ExperimentTracker.Create(options, time: time);
        await using var run = await tracker.StartRunAsync("x", "r");
        away = true;
        await run.LogMetricsAsync([new("loss", 1, Start, 1)]);
        away = false;
        int received = server.Received;
        await run.LogMetricsAsync([new("loss", 2, Start, 2)]); // not due: not tried
        Assert.Equal(received, server.Received);
        time.Advance(TimeSpan.FromSeconds(30));
        await run.LogMetricsAsync([new("loss", 3, Start, 3)]);

        Assert.Equal([1.0, 2.0, 3.0], server.State.Runs[run.RunId].Values("loss"));
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task What_a_process_left_is_sent_by_the_next()
    {
        string offline;
        using (var tracker = Tracker(new Uri("http://127.0.0.1:1"))) // nobody listens there
        {
            var run = await tracker.StartRunAsync("x", "left");
            offline = run.RunId;
            await run.LogMetricsAsync([new("loss", double.NaN, Start, 1), new("loss", 0.5, Start, 2)]);
            Assert.Equal(2, await tracker.SendSpooledAsync());
            await Assert.ThrowsAsync<TrackingException>(() => tracker.ResumeRunAsync(offline)); // it isn't there yet
        }

        await using var server = await FakeMlflow.StartAsync();
        using var next = Tracker(server.Address);
        Assert.Equal(0, await next.SendSpooledAsync());
        await using var resumed = await next.ResumeRunAsync(offline);
        await resumed.LogMetricsAsync([new("loss", 0.25, Start, 3)]);
        await resumed.EndAsync();

        var state = Assert.Single(server.State.Runs.Values);
        Assert.Equal(("left", "FINISHED", 3), (state.Name, state.Status, state.Metrics.Count));
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_put_aside_and_the_rest_goes_on()
    {
        await using var server = await FakeMlflow.StartAsync();
        bool away = false;
        server.Fault = (_, _) => away ? MlflowFault.Broken : MlflowFault.None;
        var log = new LogCounter();
        using var tracker = ExperimentTracker.Create(Options(server.Address), time: new SkippingTime(Start), logger: log);
        await using var run = await tracker.StartRunAsync("x", "r");
        await run.LogParamsAsync([new("p", "1")]);
        away = true;
        await run.LogParamsAsync([new("p", "2")]);
        await run.SetTagsAsync([new("t", "1")]);
        away = false;

        Assert.Equal(0, await tracker.SendSpooledAsync());
        Assert.Equal(("1", "1"), (server.State.Runs[run.RunId].Params["p"], server.State.Runs[run.RunId].Tags["t"]));
        string reason = File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.At("spool", "refused"), "*.txt")));
        Assert.Contains("Changing param values is not allowed", reason, StringComparison.Ordinal);
        Assert.Contains(log.Entries, e => e.Level == Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public void A_spool_belongs_to_one_process()
    {
        using var first = Tracker(new Uri("http://127.0.0.1:1"));
        var refused = Assert.Throws<TrackingException>(() => Tracker(new Uri("http://127.0.0.1:1")));
        Assert.Contains("SpoolFolder of its own", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task With_faults_at_random_and_processes_that_die_everything_arrives_once_and_in_order(int seed)
    {
        const int points = 60;
        var random = new Random(seed);
        await using var server = await FakeMlflow.StartAsync();
        bool calm = false;
        MlflowFault[] faults = [MlflowFault.Broken, MlflowFault.ProxyDown, MlflowFault.Busy, MlflowFault.CutBefore, MlflowFault.CutAfter, MlflowFault.BrokenAfter];
        server.Fault = (_, _) => !calm && random.Next(2) == 0 ? faults[random.Next(faults.Length)] : MlflowFault.None;
        string? id = null;
        for (int i = 0; i < points;)
        {
            using var tracker = Tracker(server.Address); // dies after some points, without a word
            await using var run = id is null ? new Kept(await tracker.StartRunAsync("x", "r")) : new Kept(await Resume(tracker, id));
            id = run.Run.RunId;
            for (int until = Math.Min(points, i + random.Next(1, 15)); i < until; i++)
            {
                await run.Run.LogMetricsAsync([new("a", i, Start, i), new("b", -i, Start, i)]);
                await run.Run.SetTagsAsync([new("last", $"{i}")]);
                if (i % 20 == 0) await tracker.RegisterModelAsync(new() { Name = "m", Source = $"s3://b/{i}", RunId = id, Aliases = ["candidate"] });
            }
        }

        calm = true;
        using (var last = Tracker(server.Address)) Assert.Equal(0, await last.SendSpooledAsync());

        var state = Assert.Single(server.State.Runs.Values);
        Assert.Equal(Enumerable.Range(0, points).Select(i => (double)i), state.Values("a"));
        Assert.Equal(Enumerable.Range(0, points).Select(i => (double)-i), state.Values("b"));
        Assert.Equal($"{points - 1}", state.Tags["last"]);
        Assert.Equal(["s3://b/0", "s3://b/20", "s3://b/40"], server.State.Models["m"].Select(v => v.Source));
        Assert.Equal(["candidate"], server.State.Models["m"][2].Aliases);
        Assert.Empty(server.Problems);

        static async Task<IExperimentRun> Resume(ExperimentTracker tracker, string id)
        {
            while (true)
            {
                try
                {
                    return await tracker.ResumeRunAsync(id);
                }
                catch (TrackingException e) when (e.IsTransient)
                {
                    await tracker.SendSpooledAsync();
                }
            }
        }
    }

    private TrackingOptions Options(Uri server) =>
        new() { TrackingUri = server.ToString(), SpoolFolder = _folder.At("spool"), MaxRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(1), SpoolInterval = TimeSpan.FromTicks(1), User = "ada" };

    private ExperimentTracker Tracker(Uri server) => ExperimentTracker.Create(Options(server), time: new SkippingTime(Start));

    /// <summary>A run whose process dies: it isn't ended.</summary>
    private sealed class Kept(IExperimentRun run) : IAsyncDisposable
    {
        public IExperimentRun Run => run;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
