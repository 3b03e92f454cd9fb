using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tracking.Tests;

/// <summary>A folder as MLflow keeps it.</summary>
public sealed class FileTrackingStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_lies_in_the_folder_as_MLflow_writes_it()
    {
        int ids = 0;
        using var store = new FileTrackingStore(_folder.At("ml runs"), _time, () => new Guid(++ids, 0, 0, new byte[8]));
        using var tracker = new ExperimentTracker(store, new TrackingOptions { User = "ada" }, _time, new LogCounter());
        var run = await tracker.StartRunAsync("two-tower", "first: a try");
        await run.LogParamsAsync([new("dimension", "64"), new("loss/kind", "sampled softmax")]);
        await run.LogMetricsAsync([new("recall", 0.5, Start, 1), new("recall", 1e-7, Start.AddSeconds(1), 2), new("recall", double.NaN, Start.AddSeconds(2), 3)]);
        await run.SetTagsAsync([new("team", "home")]);
        await run.LogInputAsync(new DatasetInput { Name = "events", Digest = "abc123", Source = """{"uri": "/data/events"}""", Profile = """{"num_rows": 3}""", Context = "training" });
        await run.LogArtifactAsync(_folder.Write("model", "model.onnx"), "models");
        _time.Advance(TimeSpan.FromSeconds(30));
        await run.EndAsync();
        await run.DisposeAsync();

        string experiment = "100000000000000001", id = "00000002000000000000000000000000", root = new Uri(_folder.At("ml runs")).AbsoluteUri;
        Assert.Contains("ml%20runs", root, StringComparison.Ordinal);
        Assert.Equal(
            $"artifact_location: {root}/{experiment}\ncreation_time: 1772366400250\nexperiment_id: '{experiment}'\nlast_update_time: 1772366400250\nlifecycle_stage: active\nname: two-tower\n",
            _folder.Read("ml runs", experiment, "meta.yaml"));
        Assert.Equal(
            $"artifact_uri: {root}/{experiment}/{id}/artifacts\ndeleted_time: null\nend_time: 1772366430250\nentry_point_name: ''\nexperiment_id: '{experiment}'\nlifecycle_stage: active\nrun_id: '{id}'\n"
            + $"run_name: 'first: a try'\nrun_uuid: '{id}'\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1772366400250\nstatus: 3\ntags: []\nuser_id: ada\n",
            _folder.Read("ml runs", experiment, id, "meta.yaml"));
        Assert.Equal("1772366400250 0.5 1\n1772366401250 1e-07 2\n1772366402250 nan 3\n", _folder.Read("ml runs", experiment, id, "metrics", "recall"));
        Assert.Equal(("64", "sampled softmax"), (_folder.Read("ml runs", experiment, id, "params", "dimension"), _folder.Read("ml runs", experiment, id, "params", "loss", "kind")));
        Assert.Equal(("first: a try", "ada", "home"), (Tag("mlflow.runName"), Tag("mlflow.user"), Tag("team")));
        Assert.Equal("model", _folder.Read("ml runs", experiment, id, "artifacts", "models", "model.onnx"));
        Assert.Equal(
            "digest: abc123\nname: events\nprofile: '{\"num_rows\": 3}'\nschema: null\nsource: '{\"uri\": \"/data/events\"}'\nsource_type: local\n",
            File.ReadAllText(Path.Combine(Directory.GetDirectories(_folder.At("ml runs", experiment, "datasets")).Single(), "meta.yaml")));
        string dataset = Path.GetFileName(Directory.GetDirectories(_folder.At("ml runs", experiment, "datasets")).Single());
        Assert.Equal(
            $"destination_id: {dataset}\ndestination_type: RUN\nsource_id: {dataset}\nsource_type: DATASET\ntags:\n  mlflow.data.context: training\n",
            File.ReadAllText(Path.Combine(Directory.GetDirectories(_folder.At("ml runs", experiment, id, "inputs")).Single(), "meta.yaml")));
        Assert.Equal(1, MlrunsReader.Check(_folder.At("ml runs")));

        string Tag(string key) => _folder.Read("ml runs", experiment, id, "tags", key);
    }

    [Fact]
    public async Task What_was_logged_is_read_back()
    {
        using var tracker = Tracker();
        await using (var run = await tracker.StartRunAsync("ranker"))
        {
            await run.LogParamsAsync([new("seed", "1")]);
            run.LogMetric("auc", 0.7, 2);
            run.LogMetric("auc", double.PositiveInfinity, 1);
            run.LogMetric("deep/loss", -2.5);
            await run.LogInputAsync(new DatasetInput { Name = "impressions", Digest = "1", Source = "s", Context = "training", Tags = new Dictionary<string, string> { ["days"] = "7" } });
            await run.EndAsync(RunStatus.Killed);
        }

        var read = Assert.Single(await tracker.ReadRunsAsync("ranker"));
        Assert.Equal(("ranker-20260301-120000", RunStatus.Killed, Start, Start), (read.RunName, read.Status, read.StartTime, read.EndTime));
        Assert.Equal([new Metric("auc", double.PositiveInfinity, Start, 1), new Metric("auc", 0.7, Start, 2)], read.Metrics["auc"]);
        Assert.Equal((0.7, -2.5, "1"), (read.Last("auc"), read.Last("deep/loss"), read.Params["seed"]));
        var input = Assert.Single(read.Inputs);
        Assert.Equal(("impressions", "training", "7"), (input.Name, input.Context, input.Tags["days"]));
        Assert.Empty(await tracker.ReadRunsAsync("another"));
    }

    [Fact]
    public async Task Ids_that_could_be_numbers_and_names_that_could_be_anything_stay_texts()
    {
        string[] names = ["12", "1e5", "null", "true", "it's: #1", " spaced ", "名前", "2024-01-01", "- a", "{b}", "line\nbreak", "tab\t", "@x", "a: b", "ends:", "~", "0x1F", "1:30", "é\"\\"];
        using var tracker = Tracker();
        foreach (string name in names) await (await tracker.StartRunAsync("names", name)).EndAsync();

        Assert.Equal(names.Order(StringComparer.Ordinal), (await tracker.ReadRunsAsync("names")).Select(r => r.RunName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_parameter_keeps_its_value()
    {
        using var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("x");
        await run.LogParamsAsync([new("a", "1")]);
        await run.LogParamsAsync([new("a", "1")]);

        var refused = await Assert.ThrowsAsync<TrackingException>(() => run.LogParamsAsync([new("a", "2")]));
        Assert.Contains("'a'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'1' already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_dropped_has_failed_and_a_resumed_one_goes_on()
    {
        using var tracker = Tracker();
        string id;
        await using (var run = await tracker.StartRunAsync("x", "dropped")) id = run.RunId;
        Assert.Equal(RunStatus.Failed, (await tracker.ReadRunsAsync("x")).Single().Status);

        await using var resumed = await tracker.ResumeRunAsync(id);
        Assert.Equal(("dropped", RunStatus.Running), (resumed.RunName, (await tracker.ReadRunsAsync("x")).Single().Status));
        await Assert.ThrowsAsync<TrackingException>(() => tracker.ResumeRunAsync("../0"));
        await resumed.EndAsync();
    }

    [Fact]
    public async Task Models_have_versions_and_aliases_that_move()
    {
        using var tracker = Tracker();
        Assert.Null(await tracker.FindModelAsync("shop", "champion"));
        Assert.Equal(1, await tracker.RegisterModelAsync(new() { Name = "shop", Source = "bundles/1", Description = "the first", Tags = new Dictionary<string, string> { ["recall"] = "0.1" }, Aliases = ["champion", "candidate"] }));
        Assert.Equal(2, await tracker.RegisterModelAsync(new() { Name = "shop", Source = "bundles/2", Aliases = ["candidate"] }));

        var champion = await tracker.FindModelAsync("shop", "champion");
        Assert.Equal((1, "bundles/1", "the first", "0.1"), (champion!.Version, champion.Source, champion.Description, champion.Tags["recall"]));
        Assert.Equal(["champion"], champion.Aliases);
        await tracker.SetModelAliasAsync("shop", "champion", 2);
        Assert.Equal(2, (await tracker.FindModelAsync("shop", "champion"))!.Version);
        await Assert.ThrowsAsync<TrackingException>(() => tracker.SetModelAliasAsync("shop", "champion", 3));
        Assert.Equal("2", _folder.Read("mlruns", "models", "shop", "aliases", "champion"));
        Assert.Equal(0, MlrunsReader.Check(_folder.At("mlruns")));
    }

    [Fact]
    public async Task Several_stores_write_to_one_folder_without_losing_a_line()
    {
        const int stores = 8, points = 200;
        string id;
        using (var tracker = Tracker()) id = (await tracker.StartRunAsync("shared", "shared")).RunId;
        await Task.WhenAll(Enumerable.Range(0, stores).Select(s => Task.Run(async () =>
        {
            using var store = new FileTrackingStore(_folder.At("mlruns"), _time);
            for (int i = 0; i < points; i++)
            {
                await store.WriteAsync(new LogBatch(id) { Metrics = [new("loss", s + 0.5, Start, i)], Tags = [new("last", $"{s} {i}")] }, default);
                if (i % 50 == 0) await store.WriteAsync(new CreateRun($"{s}-{i}", $"new {i}", "r", "u", 1, new Dictionary<string, string>()), default);
                if (i % 50 == 0) await store.WriteAsync(new RegisterModel($"{s}-{i}", new() { Name = "m", Source = "s" }), default);
            }
        })));

        using var reader = Tracker();
        var read = (await reader.ReadRunsAsync("shared")).Single();
        Assert.Equal(stores * points, read.Metrics["loss"].Count);
        Assert.All(read.Metrics["loss"].GroupBy(m => m.Value), own => Assert.Equal(Enumerable.Range(0, points).Select(i => (long)i), own.Select(m => m.Step)));
        Assert.Equal([.. Enumerable.Range(1, stores * 4).Select(v => $"version-{v}").Order(StringComparer.Ordinal)], Directory.GetDirectories(_folder.At("mlruns", "models", "m")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal));
        foreach (string experiment in (string[])["new 0", "new 50", "new 100", "new 150"]) Assert.Equal(stores, (await reader.ReadRunsAsync(experiment)).Count); // one experiment a name
        Assert.Equal(1 + (stores * 4), MlrunsReader.Check(_folder.At("mlruns")));
    }

    [Fact]
    public async Task A_line_that_a_crash_left_unfinished_is_cut_off()
    {
        using var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("x");
        await run.LogMetricsAsync([new("loss", 1, Start, 0)]);
        string file = Directory.GetFiles(_folder.At("mlruns"), "loss", SearchOption.AllDirectories).Single();
        File.AppendAllText(file, "17723664");

        Assert.Single((await tracker.ReadRunsAsync("x")).Single().Metrics["loss"]); // read as if it weren't there
        await run.LogMetricsAsync([new("loss", 2, Start, 1)]);
        Assert.Equal("1772366400250 1.0 0\n1772366400250 2.0 1\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        using var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("x");
        await run.LogMetricsAsync([new("loss", 1, Start, 0)]);
        string file = Directory.GetFiles(_folder.At("mlruns"), "loss", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, "1 1.0 0\nnonsense\n");
        Assert.Contains("Line 2", (await Assert.ThrowsAsync<TrackingException>(() => tracker.ReadRunsAsync("x"))).Message, StringComparison.Ordinal);

        string meta = Path.Combine(Path.GetDirectoryName(file)!, "..", "meta.yaml");
        File.WriteAllText(meta, "[1, 2]");
        Assert.Contains("meta.yaml", (await Assert.ThrowsAsync<TrackingException>(() => tracker.ReadRunsAsync("x"))).Message, StringComparison.Ordinal);
        File.Delete(meta); // a run that isn't whole is none
        Assert.Empty(await tracker.ReadRunsAsync("x"));
    }

    [Fact]
    public async Task A_folder_that_MLflow_wrote_is_read_and_updated()
    {
        // As PyYAML writes them: long texts folded, ids of digits quoted; and a deleted run.
        string root = _folder.At("mlruns");
        _folder.Write("artifact_location: file:///x/7\ncreation_time: 1\nexperiment_id: '7'\nlast_update_time: 1\nlifecycle_stage: active\nname: a name that is so long that PyYAML folds the line after its eightieth\n  column\n", "mlruns", "7", "meta.yaml");
        _folder.Write(Run("0123", "active", "1"), "mlruns", "7", "0123", "meta.yaml");
        _folder.Write(Run("0124", "deleted", "3"), "mlruns", "7", "0124", "meta.yaml");
        _folder.Write("1700000000000 0.25\n1700000000001 inf 2\n", "mlruns", "7", "0123", "metrics", "old");
        using var tracker = Tracker();

        var run = Assert.Single(await tracker.ReadRunsAsync("a name that is so long that PyYAML folds the line after its eightieth column"));
        Assert.Equal(("0123", "upbeat-owl-7", RunStatus.Running), (run.RunId, run.RunName, run.Status));
        Assert.Equal([0.25, double.PositiveInfinity], run.Metrics["old"].Select(m => m.Value));
        await (await tracker.ResumeRunAsync("0123")).EndAsync(RunStatus.Finished);
        Assert.Equal(Run("0123", "active", "3").Replace("end_time: null", "end_time: 1772366400250", StringComparison.Ordinal), File.ReadAllText(Path.Combine(root, "7", "0123", "meta.yaml")));

        static string Run(string id, string stage, string status) =>
            $"artifact_uri: file:///x/7/{id}/artifacts\nend_time: null\nentry_point_name: ''\nexperiment_id: '7'\nlifecycle_stage: {stage}\nrun_id: '{id}'\nrun_name: upbeat-owl-7\nrun_uuid: '{id}'\nsource_name: ''\n"
            + $"source_type: 4\nsource_version: ''\nstart_time: 1700000000000\nstatus: {status}\ntags: []\nuser_id: bob\n";
    }

    private ExperimentTracker Tracker() => ExperimentTracker.Create(new TrackingOptions { TrackingUri = _folder.At("mlruns"), User = "ada" }, time: _time);
}
