using System.Diagnostics;
using System.Text.Json;
using LineRec.Recipes;
using LineRec.Tracking;
using Spectre.Console;

namespace LineRec.Cli.Tests;

/// <summary>A sweep from end to end: what it tries, what it keeps, and that a kill costs nothing but the training that was at work.</summary>
[Collection(nameof(SmallShop))]
public sealed class SweepTests(SmallShop shop)
{
    private const string Section = """
        sweep:
          trials: 4
          min_epochs: 1
          max_epochs: 2
          reduction: 2
          ranges:
            two_tower.learning_rate: { log_uniform: [0.002, 0.1] }
            two_tower.dimension: { choice: [8, 16] }

        """;

    [Fact]
    public void A_sweep_that_is_stopped_at_any_training_ends_as_one_that_was_not_and_trains_nothing_twice()
    {
        var whole = new Counted();
        var expected = Run(shop.NewFolder(), whole, CancellationToken.None);
        Assert.NotNull(expected.Best);

        string folder = shop.NewFolder();
        var stopped = new Counted();
        for (int stops = 0; ; stops++)
        {
            using var stop = new CancellationTokenSource();
            stopped.StopAt = stop;
            try
            {
                var rest = Run(folder, stopped, stop.Token);
                Assert.Equal(1, rest.Begun); // nothing is left to stop after the last
                Assert.Equal(Described(expected), Described(rest));
                Assert.Equal(whole.Trained.Count - 1, stops);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.True(stops < whole.Trained.Count, "The sweep trains more than it should.");
            }
        }

        Assert.Equal(whole.Trained, stopped.Trained);
    }

    [Fact]
    public void A_longer_sweep_goes_on_and_another_one_is_refused()
    {
        string folder = shop.NewFolder();
        var objective = new Counted();
        Run(folder, objective, CancellationToken.None, s => s with { SweepTrials = 3 });
        int before = objective.Trained.Count;
        var longer = Run(folder, objective, CancellationToken.None);
        Assert.Equal(objective.Trained.Count - before, longer.Begun);
        Assert.Equal(objective.Trained.Count, objective.Trained.Distinct().Count());
        var refused = Assert.Throws<RecipeException>(() => Run(folder, objective, CancellationToken.None, s => s with { Seed = 9 }));
        Assert.Contains("holds a sweep whose results can't be compared with those of this one; changed: settings", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_best_settings_of_a_swept_two_tower_are_a_configuration_that_the_pipeline_takes()
    {
        string folder = shop.NewFolder(), tracked = shop.NewFolder();
        string config = shop.ConfigWith(await File.ReadAllTextAsync(shop.Config) + Section + $"tracking: {{ uri: {tracked}, experiment: sweep }}\n");
        string[] sweep = ["sweep", "--data", shop.Log, "--out", folder, "--config", config];
        var found = await Cli.JsonAsync(sweep);
        var best = found.GetProperty("best");
        Assert.Equal("validation_recall", found.GetProperty("metric").GetString());
        Assert.Equal(2, best.GetProperty("epochs").GetInt32());
        Assert.InRange(best.GetProperty("score").GetDouble(), 0.01, 1);

        var again = await Cli.JsonAsync(sweep);
        Assert.Equal(0, again.GetProperty("begun").GetInt32());
        Assert.Equal(best.ToString(), again.GetProperty("best").ToString());

        var settings = SettingsFile.Read(found.GetProperty("config").GetString());
        Assert.Equal(2, settings.TowerEpochs);
        foreach (var value in best.GetProperty("values").EnumerateObject())
            Assert.Equal(value.Value.GetString(), SettingsSchema.All.Single(s => s.Name == value.Name).Read(settings));
        Assert.Equal(SettingsFile.Read(shop.Config) with { Dimension = settings.Dimension, TowerLearningRate = settings.TowerLearningRate, TrackingUri = tracked, Experiment = "sweep" }, settings);

        using var tracker = RunTracking.Open(tracked);
        var runs = await tracker.ReadRunsAsync("sweep");
        Assert.Equal(found.GetProperty("results").GetArrayLength(), runs.Count);
        Assert.All(runs, r => Assert.Equal(RunStatus.Finished, r.Status));
        Assert.Equal(best.GetProperty("score").GetDouble(), new RunsComparison([.. runs.Where(r => r.RunName.EndsWith("2 epochs", StringComparison.Ordinal))], SweepRunner.SweepMetric).Best!.Last(SweepRunner.SweepMetric));
    }

    [Fact]
    public async Task A_sweep_killed_in_the_middle_of_a_training_ends_in_the_same_results()
    {
        string whole = shop.NewFolder(), killed = shop.NewFolder();
        string config = shop.ConfigWith("checkpoint_steps: 1\n" + (await File.ReadAllTextAsync(shop.Config)).Replace("epochs: 2,", "batch_size: 8,", StringComparison.Ordinal) + Section);
        string[] Arguments(string folder) => ["sweep", "--data", shop.Log, "--out", folder, "--config", config];
        await Cli.JsonAsync(Arguments(whole));
        string[] Trials(string folder) => Directory.Exists(Path.Combine(folder, "trials")) ? [.. Directory.EnumerateFiles(Path.Combine(folder, "trials"), "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];
        Assert.True(await KilledCli.RunAsync(Path.Combine(killed, "checkpoints", "000001-00"), TimeSpan.Zero, Arguments(killed)));
        string[] kept = Trials(killed);
        Assert.InRange(kept.Length, 1, Trials(whole).Length - 1);
        string first = await File.ReadAllTextAsync(Path.Combine(killed, "trials", kept[0]));
        var (code, said, error) = await Cli.RunAsync([.. Arguments(killed), "--json"]);
        Assert.True(code == 0, error);
        Assert.Contains("goes on from its checkpoint", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(killed, "checkpoints")));
        Assert.Equal(Trials(whole).Length - kept.Length, JsonDocument.Parse(said).RootElement.GetProperty("begun").GetInt32());
        Assert.Equal(first, await File.ReadAllTextAsync(Path.Combine(killed, "trials", kept[0]))); // seconds, too: it wasn't trained again
        Assert.Equal(Trials(whole), Trials(killed));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(whole, SweepFolder.BestFile)), await File.ReadAllTextAsync(Path.Combine(killed, SweepFolder.BestFile)));
        foreach (string trial in Trials(whole)) Assert.Equal(Score(whole, trial), Score(killed, trial));

        static double Score(string folder, string trial) => RecipeJson.Read<SweepResult>(Path.Combine(folder, "trials", trial)).Score;
    }

    [Fact]
    public async Task A_sweep_that_is_told_to_end_ends_in_good_order()
    {
        string folder = shop.NewFolder();
        string config = shop.ConfigWith(await File.ReadAllTextAsync(shop.Config) + Section.Replace("trials: 4", "trials: 500", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "sweep", "--data", shop.Log, "--out", folder, "--config", config]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string trials = Path.Combine(folder, "trials");
        while (!process.HasExited && !(Directory.Exists(trials) && Directory.EnumerateFiles(trials, "*.json").Any())) await Task.Delay(TimeSpan.FromMilliseconds(5));
        using var told = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        Assert.Equal((int)ExitCode.Cancelled, process.ExitCode);
        Assert.Contains("Cancelled. The same command goes on", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rankers_are_swept_over_one_capture()
    {
        string config = shop.ConfigWith(await File.ReadAllTextAsync(shop.Config) + "sweep: { model: rankers, method: random, trials: 2, max_epochs: 1, ranges: { rankers.hidden_widths: { choice: [8, 16-8] }, rankers.dropout: { uniform: [0, 0.5] } } }\n");
        var found = await Cli.JsonAsync("sweep", "--data", shop.Log, "--out", shop.NewFolder(), "--config", config);
        Assert.Equal(2, found.GetProperty("results").GetArrayLength());
        Assert.InRange(found.GetProperty("best").GetProperty("score").GetDouble(), 0.05, 1);
    }

    [Fact]
    public async Task A_configuration_without_ranges_is_refused()
    {
        var (code, _, error) = await Cli.RunAsync("sweep", "--data", shop.Log, "--out", shop.NewFolder(), "--config", shop.Config);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("has no range for sweep.model 'two_tower' to try", error, StringComparison.Ordinal);
    }

    private SweepOutcome Run(string folder, Counted objective, CancellationToken cancellationToken, Func<RecipeSettings, RecipeSettings>? change = null)
    {
        var settings = SettingsFile.Parse(Section, "c.yaml");
        settings = change is null ? settings : change(settings);
        var run = shop.Described(folder) with { Settings = settings };
        var console = new RunConsole(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No }));
        var state = SweepFolder.Open(folder, new() { ["settings"] = SettingsSchema.Describe(settings with { SweepTrials = 1 }, ["seed", "sweep."]) });
        return new SweepRunner(run, new string('0', 64), state, objective, console).Run(cancellationToken);
    }

    private static IEnumerable<(int, int, double)> Described(SweepOutcome outcome) => outcome.Results.Select(r => (r.Trial, r.Rung, r.Score)).Append((outcome.Best!.Trial, outcome.Best.Rung, outcome.Best.Score));

    /// <summary>An objective with its optimum at a learning rate of 0.01, which notes what it was asked for, and may ask for a stop as soon as it has answered.</summary>
    private sealed class Counted : ISweepObjective
    {
        public List<(double, int, int)> Trained { get; } = [];

        public CancellationTokenSource? StopAt { get; set; }

        public string Metric => "made_up";

        public double Measure(RecipeSettings settings, IExperimentRun? run, IProgress<double> progress, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken)
        {
            Trained.Add((settings.TowerLearningRate, settings.Dimension, settings.TowerEpochs));
            StopAt?.Cancel();
            return -Math.Abs(Math.Log(settings.TowerLearningRate / 0.01)) - (1.0 / settings.TowerEpochs);
        }
    }
}
