using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tracking.Tests;

/// <summary>Every call to a tracking server, held to the published contract.</summary>
public class MlflowTrackerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_run_arrives_whole()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var folder = new TempFolder();
        using var tracker = Tracker(server);
        await using (var run = await tracker.StartRunAsync("two-tower", "first"))
        {
            await run.LogParamsAsync([new("dimension", "64"), new("loss/kind", "软 \"max\" \\")]);
            run.LogMetric("loss", 0.5, 1);
            await run.FlushAsync();
            run.LogMetric("loss", 0.25, 2);
            run.LogMetric("bad", double.NaN, 2);
            await run.FlushAsync();
            await run.SetTagsAsync([new("team", "home")]);
            await run.SetTagsAsync([new("a", "1"), new("b", "")]);
            await run.LogInputAsync(new DatasetInput { Name = "events", Digest = "d1", Source = "{}", Schema = "[]", Profile = "{}", Context = "training" });
            await run.LogArtifactAsync(folder.Write("bytes", "sub dir", "ü.bin"), "models/x y");
            await run.EndAsync();
        }

        var state = Assert.Single(server.State.Runs.Values);
        Assert.Equal(("first", "FINISHED", Start.ToUnixTimeMilliseconds(), Start.ToUnixTimeMilliseconds()), (state.Name, state.Status, state.StartTime, state.EndTime));
        Assert.Equal(("64", "软 \"max\" \\"), (state.Params["dimension"], state.Params["loss/kind"]));
        Assert.Equal([0.5, 0.25], state.Values("loss"));
        Assert.Equal(("home", "1", "", "first", "ada"), (state.Tags["team"], state.Tags["a"], state.Tags["b"], state.Tags["mlflow.runName"], state.Tags["mlflow.user"]));
        Assert.Equal("training", state.Inputs["d1"]["tags"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("bytes", Encoding.UTF8.GetString(server.State.Artifacts[$"1/{state.Id}/artifacts/models/x y/ü.bin"]));
        Assert.Contains("软", server.Bodies["POST runs/log-batch"] + state.Params["loss/kind"], StringComparison.Ordinal);
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task Single_metrics_and_tags_go_by_their_own_calls_and_several_by_one()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server);
        await using var run = await tracker.StartRunAsync("x", "r");
        await run.LogMetricsAsync([new("a", 1, Start, 0)]);
        await run.SetTagsAsync([new("t", "1")]);
        await run.LogMetricsAsync([new("a", 2, Start, 1), new("b", 3, Start, 1)]);

        Assert.Equal(["GET experiments/get-by-name", "POST experiments/create", "POST runs/create", "POST runs/log-metric", "POST runs/set-tag", "POST runs/log-batch"], server.Calls);
        Assert.Equal($$"""{"run_id":"{{run.RunId}}","key":"a","value":1,"timestamp":1772366400000,"step":0}""", server.Bodies["POST runs/log-metric"]);
    }

    [Fact]
    public async Task What_exceeds_a_call_goes_in_several()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server);
        await using var run = await tracker.StartRunAsync("x", "r");
        await run.LogMetricsAsync([.. Enumerable.Range(0, 2500).Select(i => new Metric("loss", i, Start, i))]);
        await run.LogParamsAsync(Enumerable.Range(0, 250).Select(i => new KeyValuePair<string, string>($"p{i}", new string('\u0001', 6000))));
        await run.SetTagsAsync(Enumerable.Range(0, 101).Select(i => new KeyValuePair<string, string>($"t{i}", new string('界', 5000))));

        Assert.Empty(server.Problems);
        var state = server.State.Runs.Values.Single();
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => (double)i), state.Values("loss"));
        Assert.Equal((250, 101), (state.Params.Count, state.Tags.Count(t => t.Key.StartsWith('t'))));
    }

    [Fact]
    public async Task Runs_are_read_page_by_page()
    {
        await using var server = await FakeMlflow.StartAsync();
        var time = new FakeTimeProvider(Start);
        using var tracker = Tracker(server, time);
        for (int i = 0; i < 5; i++)
        {
            await using var run = await tracker.StartRunAsync("x", $"run {i}");
            await run.LogParamsAsync([new("seed", $"{i}")]);
            await run.LogMetricsAsync([new("loss", i, Start, 2), new("loss", 9, Start, 1), new("nan", double.NaN, Start, 0)]);
            await run.LogInputAsync(new DatasetInput { Name = "events", Digest = $"{i}", Source = "s", Context = "training" });
            await run.EndAsync();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var runs = await tracker.ReadRunsAsync("x");
        Assert.Equal(["run 0", "run 1", "run 2", "run 3", "run 4"], runs.Select(r => r.RunName));
        Assert.Equal((3.0, "3", RunStatus.Finished), (runs[3].Last("loss"), runs[3].Params["seed"], runs[3].Status));
        Assert.Equal([9.0, 3.0], runs[3].Metrics["loss"].Select(m => m.Value));
        Assert.True(double.IsNaN(runs[3].Metrics["nan"].Single().Value));
        Assert.Equal(("3", "training"), (runs[3].Inputs.Single().Digest, runs[3].Inputs.Single().Context));
        Assert.Empty(await tracker.ReadRunsAsync("another"));
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task A_model_is_registered_with_its_aliases()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server);
        Assert.Equal(1, await tracker.RegisterModelAsync(new() { Name = "shop", Source = "s3://b/1", Description = "d", Aliases = ["champion"] }));
        Assert.Equal(2, await tracker.RegisterModelAsync(new() { Name = "shop", Source = "s3://b/2", Tags = new Dictionary<string, string> { ["recall"] = "0.2" }, Aliases = ["candidate"] }));
        await tracker.SetModelAliasAsync("shop", "champion", 2);

        var champion = await tracker.FindModelAsync("shop", "champion");
        Assert.Equal((2, "s3://b/2", "0.2"), (champion!.Version, champion.Source, champion.Tags["recall"]));
        Assert.Null(await tracker.FindModelAsync("shop", "nobody"));
        Assert.Null(await tracker.FindModelAsync("another", "champion"));
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task A_resumed_run_goes_on()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server);
        string id;
        await using (var run = await tracker.StartRunAsync("x", "dropped")) id = run.RunId;
        Assert.Equal("FAILED", server.State.Runs[id].Status);

        await using var resumed = await tracker.ResumeRunAsync(id);
        Assert.Equal(("dropped", "RUNNING"), (resumed.RunName, server.State.Runs[id].Status));
        await resumed.EndAsync();
        Assert.Empty(server.Problems);
    }

    [Theory]
    [InlineData("secret", null, null, "Bearer secret")]
    [InlineData(null, "ada", "påss", "Basic YWRhOnDDpXNz")]
    [InlineData(null, null, null, null)]
    public async Task The_caller_names_itself(string? token, string? user, string? password, string? header)
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), Token = token, UserName = user, Password = password });
        await tracker.ReadRunsAsync("x");

        Assert.Equal(header ?? "", server.Authorization ?? "");
    }

    [Fact]
    public async Task A_refusal_says_what_the_server_said()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = Tracker(server);
        await using var run = await tracker.StartRunAsync("x", "r");
        await run.LogParamsAsync([new("a", "1")]);

        var refused = await Assert.ThrowsAsync<TrackingException>(() => run.LogParamsAsync([new("a", "2")]));
        Assert.Equal(("INVALID_PARAMETER_VALUE", 400, false), (refused.ErrorCode, (int)refused.StatusCode!, refused.IsTransient));
        Assert.Contains("Changing param values is not allowed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Calls.Count(c => c == "POST runs/log-batch") - 1); // not repeated
    }

    [Fact]
    public async Task A_server_that_is_not_MLflow_is_told_apart()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address + "wrong/base" });

        var refused = await Assert.ThrowsAsync<TrackingException>(() => tracker.ReadRunsAsync("x"));
        Assert.Contains("/wrong/base/api/2.0/mlflow/experiments/get-by-name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_MLflow_would_not_take_is_sent()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var folder = new TempFolder();
        using var tracker = Tracker(server);
        await using var run = await tracker.StartRunAsync("x", "r");
        int before = server.Received;
        foreach (string key in (string[])["", "a:b", "../x", "/a", "a//b", "a/", "./a", new string('k', 251), "é\n"])
        {
            Assert.Throws<ArgumentException>(() => run.LogMetric(key, 1));
            await Assert.ThrowsAsync<ArgumentException>(() => run.LogParamsAsync([new(key, "v")]));
            await Assert.ThrowsAsync<ArgumentException>(() => run.SetTagsAsync([new(key, "v")]));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => run.LogParamsAsync([new("p", new string('v', 6001))]));
        await Assert.ThrowsAsync<ArgumentException>(() => run.SetTagsAsync([new("p", new string('v', 5001))]));
        await Assert.ThrowsAsync<ArgumentException>(() => run.LogParamsAsync([new("p", "1"), new("p", "2")]));
        await Assert.ThrowsAsync<ArgumentException>(() => run.LogInputAsync(new DatasetInput { Name = "n", Digest = new string('d', 37), Source = "s" }));
        await Assert.ThrowsAsync<ArgumentException>(() => run.LogArtifactAsync(folder.Write("x", "f"), "../out"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => run.LogArtifactAsync(folder.At("none")));
        foreach (string alias in (string[])["latest", "v1", "a b", ""]) await Assert.ThrowsAnyAsync<ArgumentException>(() => tracker.SetModelAliasAsync("m", alias, 1));
        foreach (string model in (string[])["a/b", "", "a%b"]) await Assert.ThrowsAsync<ArgumentException>(() => tracker.RegisterModelAsync(new() { Name = model, Source = "s" }));
        Assert.Equal(before, server.Received);
    }

    [Fact]
    public void The_contract_refuses_what_is_not_in_it()
    {
        Assert.Contains("isn't a call", Problem("POST runs/log", "{}"), StringComparison.Ordinal);
        Assert.Contains("no field 'runId'", Problem("POST runs/update", """{"runId": "1"}"""), StringComparison.Ordinal);
        Assert.Contains("no value for 'run_id'", Problem("POST runs/update", """{"status": "FINISHED"}"""), StringComparison.Ordinal);
        Assert.Contains("not a RunStatus", Problem("POST runs/update", """{"run_id": "1", "status": "Finished"}"""), StringComparison.Ordinal);
        Assert.Contains("not a int64", Problem("POST runs/log-metric", """{"run_id": "1", "key": "a", "value": 1, "timestamp": 1.5}"""), StringComparison.Ordinal);
        Assert.Contains("no value for 'digest'", Problem("POST runs/log-inputs", """{"run_id": "1", "datasets": [{"dataset": {"name": "n", "source_type": "t", "source": "s"}}]}"""), StringComparison.Ordinal);
        Assert.Contains("isn't a name", Problem("POST runs/log-batch", """{"run_id": "1", "tags": [{"key": "a//b", "value": ""}]}"""), StringComparison.Ordinal);
        Assert.Contains("1001 metrics", Problem("POST runs/log-batch", $$"""{"run_id": "1", "metrics": [{{string.Join(',', Enumerable.Repeat("""{"key": "a", "value": 1, "timestamp": 1}""", 1001))}}]}"""), StringComparison.Ordinal);

        static string Problem(string call, string body)
        {
            using var document = System.Text.Json.JsonDocument.Parse(body);
            return MlflowContract.Problem(call, document.RootElement, body.Length, isQuery: false) ?? "none";
        }
    }

    private static ExperimentTracker Tracker(FakeMlflow server, TimeProvider? time = null) =>
        ExperimentTracker.Create(new TrackingOptions { TrackingUri = server.Address.ToString(), User = "ada" }, time: time ?? new FakeTimeProvider(Start));
}
