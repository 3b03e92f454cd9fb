using LineRec.Data;
using LineRec.Features;
using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>The whole loop by the command line: train, publish, serve a day with exposures logged, train the next day on that log, gate, publish; killed at each step, too.</summary>
[Collection(nameof(SmallShop))]
public sealed class DailyLoopTests(SmallShop shop)
{
    private const string Served = "home/lists_as_served";

    private readonly string _log = shop.NewFolder(), _output = shop.NewFolder(), _segments = shop.NewFolder(), _exposures = shop.NewFolder();

    private readonly string _config = shop.ConfigWith(File.ReadAllText(shop.Config) + "gate: { max_loss: 1, max_slice_loss: 1 }\n"); // so few cases may say anything

    private string Bundles => Path.Combine(_output, "bundles");

    [Fact]
    public async Task Rankers_learn_from_what_was_served_the_day_before()
    {
        await Cli.JsonAsync("simulate", "--out", _log, "--days", "6", "--users", "300", "--items", "250", "--pause-after", "4");
        await Cli.JsonAsync(Pipeline());
        string first = BundleRegistry.Read(Bundles).Champion!.Version;
        await ServeAsync("2026-01-05");

        // What was served yesterday is today's test; what rankers learn from, the day before, was the shop's own lists.
        await Cli.JsonAsync(Pipeline("--exposures", _exposures));
        Assert.Equal(0, Metrics("2026-01-05")[Served]);
        string second = BundleRegistry.Read(Bundles).Champion!.Version;
        Assert.NotEqual(first, second);
        await ServeAsync("2026-01-06");

        string before = shop.CopyOf(_output);
        var run = await Cli.JsonAsync(Pipeline("--exposures", _exposures));
        Assert.Equal(SmallShop.Steps, Cli.Made(run));
        Assert.Equal(LearntLists(first).Count, Metrics("2026-01-06")[Served]);
        Assert.StartsWith("20260106", BundleReader.Open(Bundles).Version, StringComparison.Ordinal); // what hosts follow
        Assert.Empty(Cli.Made(await Cli.JsonAsync(Pipeline("--exposures", _exposures))));
        var status = await Cli.JsonAsync("pipeline", "status", "--data", _log, "--out", _output, "--config", _config);
        Assert.Equal("changed: exposures", status.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("step").GetString() == "rankers").GetProperty("reason").GetString());

        await KillAtEachStepAsync(before);
        Assert.Equal(SmallShop.Results(_output), SmallShop.Results(before));

        var report = await Cli.JsonAsync("report", "--exposures", _exposures, "--data", _log);
        Assert.Equal([first, second], report.GetProperty("bundles").EnumerateArray().Select(b => b.GetProperty("bundle_version").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(report.GetProperty("placements").EnumerateArray(), p => p.GetProperty("gmv").GetDouble() > 0);

        // Without the bundle that answered nobody knows what its features mean: these lists are replayed.
        var (catalog, source) = (ShopLog.Open(_log).ReadCatalog(), new ExposureSource(_exposures, ShopLog.Open(_log), shop.NewFolder()));
        var lists = new Dictionary<string, IReadOnlyList<ImpressionList>> { [ShopPlacements.Home] = [.. ShopLog.Open(_log).ReadImpressions(catalog, Day(5), Day(6), [ShopPlacements.Home])] };
        using var features = FittedFeatures.Load(Path.Combine(Bundles, second));
        var (examples, requests) = source.Read(lists, features, Day(5), Day(6))[ShopPlacements.Home];
        Assert.Equal((0, 0), (examples.Count, requests.Count));
    }

    [Fact]
    public async Task A_simulation_that_cannot_go_on_says_why()
    {
        string[][] wrong =
        [
            ["--resume"],                                          // nothing was paused there
            ["--days", "2", "--pause-after", "0"],
            ["--days", "2", "--bundle", "b", "--segments", "s"],   // trained on what?
            ["--resume", "--bundle", "b"],
            ["--resume", "--days", "3"],
        ];
        foreach (string[] options in wrong)
        {
            var (code, _, error) = await Cli.RunAsync(["simulate", "--out", _log, .. options]);
            Assert.True(code == (int)ExitCode.Usage && error.Contains("--", StringComparison.Ordinal) != error.Contains("holds no simulation", StringComparison.Ordinal), $"{string.Join(' ', options)}: {code} {error}");
        }
    }

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private string[] Pipeline(params string[] more) => ["pipeline", "run", "--data", _log, "--out", _output, "--config", _config, .. more];

    private async Task ServeAsync(string date)
    {
        var simulated = await Cli.JsonAsync("simulate", "--out", _log, "--resume", "--pause-after", "1", "--bundle", Bundles, "--segments", _segments);
        Assert.Equal(date, simulated.GetProperty("last_date").GetString());
        var compacted = await Cli.JsonAsync("exposures", "compact", "--in", _segments, "--out", _exposures);
        Assert.True(compacted.GetProperty("requests").GetInt64() > 50);
    }

    private SortedDictionary<string, double> Metrics(string date) => ModelFiles.Read(Path.Combine(_output, "runs", date, RankersStep.StepName)).Metrics;

    // The lists of the fifth that a ranker learns from, of those that the first bundle answered: all of them are few enough.
    private HashSet<string> LearntLists(string bundle) => [.. new ExposureReader(_exposures).Read(Day(5), Day(6), ShopPlacements.Home, features: false).Where(e => e.BundleVersion == bundle && e.FeatureState is not null).Select(e => e.RequestId)];

    /// <summary>Runs the last day in a folder, killed in each step that lasts long enough to be seen, and to its end at last.</summary>
    private async Task KillAtEachStepAsync(string output)
    {
        string runs = Path.Combine(output, "runs", "2026-01-06");
        string[] command = ["pipeline", "run", "--data", _log, "--out", output, "--config", _config, "--exposures", _exposures];
        int killed = 0;
        foreach (string step in SmallShop.Steps)
        {
            if (await KilledCli.RunAsync(() => Folders($".making-{step}-*").Any(), TimeSpan.Zero, command)) killed++;
            if (step != RankersStep.StepName) continue;
            Assert.True(await KilledCli.RunAsync(() => Folders($".checkpoints-{step}-*").Any(d => Directory.Exists(Path.Combine(d, "captured-20260105"))), TimeSpan.Zero, command));
            var (code, _, error) = await Cli.RunAsync([.. command, "--step", step]);
            Assert.True(code == 0, error);
            Assert.Contains("captured-20260105: as the run that was killed had left it", error, StringComparison.Ordinal); // served lists, too
        }

        IEnumerable<string> Folders(string pattern) => Directory.Exists(runs) ? Directory.EnumerateDirectories(runs, pattern) : [];

        Assert.True(killed >= 3, $"Only {killed} of the runs were killed at work.");
        await Cli.JsonAsync(command);
    }
}
