using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>The pipeline from end to end, on a small log: what a run makes, and that no interruption shows in it.</summary>
[Collection(nameof(SmallShop))]
public sealed class PipelineRunTests(SmallShop shop)
{
    [Fact]
    public void A_log_becomes_a_bundle_with_towers_and_rankers()
    {
        using var snapshot = BundleReader.Open(Path.Combine(shop.Whole, "bundles"));
        Assert.Superset(new HashSet<string> { "user_tower", "item_tower", "rankers/next_event", "rankers/home", "rankers/charts" }, snapshot.Models.Keys.ToHashSet());
        Assert.StartsWith("20260104-", snapshot.Version, StringComparison.Ordinal);
        Assert.Equal(250, snapshot.Catalog.Count);
        Assert.True(File.Exists(Path.Combine(shop.Whole, "runs", SmallShop.LastDate, "features", "20260104", FeaturesStep.ReportFile)));
    }

    [Fact]
    public async Task A_second_run_does_nothing_anew()
    {
        string output = shop.CopyOfWhole();
        var before = FileFingerprint.OfFolder(output, "");
        var run = await Cli.JsonAsync(shop.Run(output));
        Assert.Equal(SmallShop.Steps, run.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()));
        Assert.Empty(Cli.Made(run));
        Assert.Equal(before, FileFingerprint.OfFolder(output, "")); // records too
        var status = await Cli.JsonAsync(shop.Status(output));
        Assert.All(status.GetProperty("steps").EnumerateArray(), s => Assert.Equal("done", s.GetProperty("state").GetString()));
    }

    [Fact]
    public void A_run_that_fails_at_the_end_of_each_step_and_goes_on_gives_equal_bytes()
    {
        string output = shop.NewFolder();
        var run = shop.Described(output);
        foreach (string step in SmallShop.Steps)
        {
            var failure = Assert.Throws<StepException>(() => Runner(run, [.. PipelineGraph.Steps.Select(s => s.Name == step ? new FailingStep(s) : s)]).Run(null, CancellationToken.None));
            Assert.Equal(step, failure.Step);
            Assert.False(Directory.Exists(Path.Combine(run.Folder, step)));
            Assert.All(Directory.EnumerateDirectories(run.Folder, ".*"), d => Assert.StartsWith($".checkpoints-{step}-", Path.GetFileName(d), StringComparison.Ordinal));
        }

        var rest = Runner(run, PipelineGraph.Steps).Run(null, CancellationToken.None);
        Assert.Equal(["publish"], rest.Steps.Where(s => s.Ran).Select(s => s.Step));
        Assert.Empty(Directory.EnumerateDirectories(run.Folder, ".*"));
        Assert.Equal(SmallShop.Results(shop.Whole), SmallShop.Results(output));
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_step_leaves_nothing_half_done()
    {
        string output = shop.NewFolder(), folder = Path.Combine(output, "runs", SmallShop.LastDate);
        bool killed = await KilledCli.RunAsync(() => Directory.Exists(folder) && Directory.EnumerateDirectories(folder, ".making-two-tower-*").Any(), TimeSpan.Zero, shop.Run(output));
        Assert.True(killed, "The run ended before the step was seen at work.");
        Assert.NotEmpty(Directory.EnumerateDirectories(folder, ".making-two-tower-*"));
        var rest = await Cli.JsonAsync(shop.Run(output));
        Assert.Equal(SmallShop.Steps[2..], Cli.Made(rest));
        Assert.Empty(Directory.EnumerateDirectories(folder, ".*"));
        Assert.Equal(SmallShop.Results(shop.Whole), SmallShop.Results(output));
    }

    [Fact]
    public async Task A_changed_setting_makes_anew_only_what_depends_on_it()
    {
        string output = shop.CopyOfWhole(), small = await File.ReadAllTextAsync(shop.Config);

        // The gate's answer is the same, so nothing behind it is made.
        var gate = await Cli.JsonAsync(shop.Run(output, "--config", shop.ConfigWith(small + "gate: { max_loss: 0.3 }\n")));
        Assert.Equal(["gate"], Cli.Made(gate));

        var rankers = await Cli.JsonAsync(shop.Run(output, "--config", shop.ConfigWith(small.Replace("rankers: { epochs: 1", "rankers: { epochs: 2", StringComparison.Ordinal) + "gate: { max_loss: 0.3 }\n")));
        Assert.Equal(["rankers", "bundle", "evaluate", "publish"], Cli.Made(rankers).Except(["gate"]));
        string reason = rankers.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("step").GetString() == "rankers").GetProperty("reason").GetString()!;
        Assert.Equal("changed: settings", reason);
    }

    [Theory]
    [InlineData("two-tower", "runs/2026-01-04/two-tower/20260104/items.npy")]
    [InlineData("profile", "runs/2026-01-04/profile/record.json")]
    [InlineData("publish", "bundles/*/user_tower.onnx")]
    public async Task A_damaged_result_is_made_again(string step, string file)
    {
        string output = shop.CopyOfWhole();
        string path = Path.Combine(output, file.Replace("*", BundleRoot.GetCurrent(Path.Combine(output, "bundles")), StringComparison.Ordinal));
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 0x55;
        await File.WriteAllBytesAsync(path, bytes);

        var status = await Cli.JsonAsync(shop.Status(output));
        Assert.NotEqual("done", status.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("step").GetString() == step).GetProperty("state").GetString());
        Assert.Equal([step], Cli.Made(await Cli.JsonAsync(shop.Run(output)))); // its bytes are the same again: nothing else follows
        Assert.Equal(SmallShop.Results(shop.Whole), SmallShop.Results(output));
    }

    [Fact]
    public async Task A_later_day_in_the_log_changes_nothing_of_an_earlier_one_and_an_earlier_bundle_takes_no_place()
    {
        string output = shop.CopyOfWhole();
        var earlier = await Cli.JsonAsync(shop.Run(output, "--date", "2026-01-03"));
        Assert.Equal(SmallShop.Steps, Cli.Made(earlier));
        var registry = BundleRegistry.Read(Path.Combine(output, "bundles"));
        Assert.Equal(["2026-01-04", "2026-01-03"], registry.Bundles.Select(b => b.Date));
        Assert.Equal([true, false], registry.Bundles.Select(b => b.Promoted));
        Assert.Equal(registry.Bundles[0].Version, BundleRoot.GetCurrent(Path.Combine(output, "bundles")));
        Assert.Empty(Cli.Made(await Cli.JsonAsync(shop.Run(output))));

        // In the order of days, without the last day in the log: the same models, and the second is compared with the first.
        string log = shop.NewFolder(), inOrder = shop.NewFolder();
        CopyLog(log, without: "date=2026-01-04");
        await Cli.JsonAsync("pipeline", "run", "--data", log, "--out", inOrder, "--config", shop.Config);
        Assert.Equal(Models(output, "2026-01-03"), Models(inOrder, "2026-01-03"));
        var (code, _, error) = await Cli.RunAsync([.. shop.Run(inOrder), "--json"]);
        Assert.True(code is 0 or (int)ExitCode.Refused, error);
        Assert.Equal(Models(output, "2026-01-04"), Models(inOrder, "2026-01-04"));
        var report = RecipeJson.Read<EvaluationReport>(Path.Combine(inOrder, "runs", "2026-01-04", "evaluate", EvaluateStep.ReportFile));
        Assert.Contains(report.Paired, p => p.Versus == BundleJudge.Champion);
        var slices = RecipeJson.Read<List<SliceReport>>(Path.Combine(inOrder, "runs", "2026-01-04", "evaluate", EvaluateStep.SlicesFile));
        Assert.Contains(slices, s => s.Slice == "placement home");
        Assert.All(slices, s => Assert.True(s.Report.Cases >= BundleJudge.LeastSliceCases));
        Assert.Equal(slices.Select(s => $"slice {s.Slice}"), GateDecision.Read(Path.Combine(inOrder, "runs", "2026-01-04", "gate")).Checks.Select(c => c.Check));
        Assert.Equal(code == 0, GateDecision.Read(Path.Combine(inOrder, "runs", "2026-01-04", "gate")).Accepted);
    }

    [Fact]
    public async Task A_limit_of_latency_that_holds_leaves_no_figure_behind()
    {
        string output = shop.CopyOfWhole(), small = await File.ReadAllTextAsync(shop.Config), folder = Path.Combine(output, "runs", SmallShop.LastDate, "gate");
        const int AMinute = 60_000;
        await Cli.JsonAsync(shop.Run(output, "--config", shop.ConfigWith(small + $"gate: {{ max_p99_milliseconds: {AMinute} }}\n")));
        var latency = Assert.Single(GateDecision.Read(folder).Checks);
        Assert.Equal(("latency", true, "99 of 100 requests took up to 60000 ms (gate.max_p99_milliseconds) or less."), (latency.Check, latency.Passed, latency.Detail));
    }

    [Fact]
    public async Task A_step_alone_needs_those_before_it()
    {
        string output = shop.NewFolder();
        var (code, _, error) = await Cli.RunAsync(shop.Run(output, "--step", "features"));
        Assert.Equal((int)ExitCode.NotReady, code);
        Assert.Contains("step 'profile' isn't done (never finished). Run that step first", error, StringComparison.Ordinal);
        Assert.Equal(["profile"], Cli.Made(await Cli.JsonAsync(shop.Run(output, "--step", "profile"))));
        Assert.Equal(["features"], Cli.Made(await Cli.JsonAsync(shop.Run(output, "--step", "features"))));
    }

    [Fact]
    public async Task Two_runs_in_one_folder_keep_out_of_each_others_way()
    {
        string output = shop.NewFolder();
        using var other = RunLock.Take(Path.Combine(output, "runs", SmallShop.LastDate));
        var (code, _, error) = await Cli.RunAsync(shop.Run(output));
        Assert.Equal((int)ExitCode.NotReady, code);
        Assert.Contains("Another run is at work", error, StringComparison.Ordinal);
    }

    private static PipelineRunner Runner(PipelineRun run, IReadOnlyList<PipelineStep> steps) =>
        new(run, SmallShop.Quiet(), steps);

    private static SortedDictionary<string, string> Models(string output, string date) => FileFingerprint.OfFolder(Path.Combine(output, "runs", date, "bundle"), StepRecord.FileName) is var files
        ? new(files.Where(f => Path.GetExtension(f.Key) is ".onnx" or ".npy" or ".arrows").ToDictionary(f => f.Key[(f.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], f => f.Value))
        : [];

    private void CopyLog(string target, string without)
    {
        foreach (string file in Directory.EnumerateFiles(shop.Log, "*", SearchOption.AllDirectories).Where(f => !f.Contains(without, StringComparison.Ordinal)))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(shop.Log, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>A step that does its work and then fails, as if the machine went down before the work was put into its place.</summary>
    private sealed class FailingStep(PipelineStep step) : PipelineStep(step.Name, step.Description, step.Needs)
    {
        public override bool ReadsLog => step.ReadsLog;

        public override IReadOnlyList<string> Settings => step.Settings;

        public override IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) => step.OtherInputs(run);

        public override void Run(StepContext context)
        {
            step.Run(context);
            throw new IOException("the disk went away.");
        }
    }
}
