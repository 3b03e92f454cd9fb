using LineRec.Recipes;
using LineRec.Training;

namespace LineRec.Cli.Tests;

/// <summary>Day after day: training that goes on from the day before, and what becomes of old days.</summary>
[Collection(nameof(SmallShop))]
public sealed class DailyTests(SmallShop shop)
{
    private const string Daily = "two_tower: { epochs: 2, dimension: 8, uniform_negatives: 64, full_every: 3 }\nitem_to_item: { neighbours: 20 }\nrankers: { epochs: 1, ensemble: 1, max_lists: 150, max_cases: 60 }\ngate: { max_loss: 1 }\n";

    [Fact]
    public async Task A_day_goes_on_from_the_towers_of_the_day_before()
    {
        string output = shop.NewFolder(), config = shop.ConfigWith(Daily);
        await RunTowersAsync(output, config, "2026-01-03");
        await RunTowersAsync(output, config, "2026-01-04");
        Assert.Equal("none", Earlier(output, "2026-01-03"));
        Assert.StartsWith("2026-01-03 ", Earlier(output, "2026-01-04"), StringComparison.Ordinal);
        Assert.Equal("2026-01-03", TowerChain.Read(Folder(output, "2026-01-04")).FullDate);

        // Up to the day before's split there is nothing new: the same towers. After it they have moved, and know of a day more.
        Assert.Equal(Hash(output, "2026-01-03", "20260103"), Hash(output, "2026-01-04", "20260103"));
        Assert.NotEqual(Hash(output, "2026-01-04", "20260103"), Hash(output, "2026-01-04", "20260104"));
        Assert.True(State(output, "2026-01-04", "20260104").TrainedUntil >= new DateTimeOffset(2026, 1, 3, 12, 0, 0, TimeSpan.Zero));

        // Once more, in another folder: the same bytes.
        string again = shop.NewFolder();
        await RunTowersAsync(again, config, "2026-01-03");
        await RunTowersAsync(again, config, "2026-01-04");
        Assert.Equal(FileFingerprint.OfFolder(Folder(output, "2026-01-04"), StepRecord.FileName), FileFingerprint.OfFolder(Folder(again, "2026-01-04"), StepRecord.FileName));
    }

    [Fact]
    public async Task A_day_that_began_from_nothing_stays_so_when_the_day_before_is_run_later()
    {
        string output = shop.NewFolder(), config = shop.ConfigWith(Daily);
        await RunTowersAsync(output, config, "2026-01-04");
        await RunTowersAsync(output, config, "2026-01-03");
        Assert.Empty(await RunTowersAsync(output, config, "2026-01-04"));
        Assert.Equal("none", Earlier(output, "2026-01-04"));
    }

    [Fact]
    public async Task A_day_is_trained_anew_when_the_towers_that_it_went_on_from_have_changed()
    {
        string output = shop.NewFolder(), config = shop.ConfigWith(Daily);
        await RunTowersAsync(output, config, "2026-01-03");
        await RunTowersAsync(output, config, "2026-01-04");
        var earlier = new StepFolder(Day(output, "2026-01-03"), TwoTowerStep.StepName);
        var record = earlier.ReadRecord()!;
        RecipeJson.Write(Path.Combine(earlier.Directory, StepRecord.FileName), record with { Outputs = new(record.Outputs) { ["more"] = "1" } });
        var status = await Cli.JsonAsync("pipeline", "status", "--data", shop.Log, "--out", output, "--config", config);
        var step = status.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("step").GetString() == TwoTowerStep.StepName);
        Assert.Equal(("stale", "changed: earlier towers"), (step.GetProperty("state").GetString(), step.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("2026-01-05", 3, true)]
    [InlineData("2026-01-06", 3, false)]  // a training from nothing is due
    [InlineData("2026-01-04", 1, false)]  // each day from nothing
    public void Training_from_nothing_is_due_after_so_many_days(string date, int fullEvery, bool goesOn)
    {
        string output = shop.NewFolder();
        var settings = new RecipeSettings { FullEvery = fullEvery };
        var first = new PipelineRun("", output, new(2026, 1, 3), settings);
        Pretend(first, fullDate: "2026-01-03", asOf: "20260101");
        var found = EarlierTowers.Find(first with { Date = PipelineRun.Parse(date) });
        Assert.Equal(goesOn ? "2026-01-03" : null, found?.Run.DateText);
    }

    [Fact]
    public void Towers_that_know_what_rankers_will_learn_from_are_no_start()
    {
        string output = shop.NewFolder();
        var settings = new RecipeSettings { FullEvery = 30, WindowDays = 2 };
        var first = new PipelineRun("", output, new(2026, 1, 10), settings);
        Pretend(first, fullDate: "2026-01-10", asOf: "20260108"); // the day after may know the log up to the 8th: its first window begins there
        Assert.NotNull(EarlierTowers.Find(first with { Date = new(2026, 1, 11) }));
        Pretend(first, fullDate: "2026-01-10", asOf: "20260109");
        Assert.Equal("20260108", Path.GetFileName(EarlierTowers.Find(first with { Date = new(2026, 1, 11) })!.StateFolder));
        Directory.Delete(Path.Combine(first.Folder, TwoTowerStep.StepName, "state", "20260108"));
        Assert.Null(EarlierTowers.Find(first with { Date = new(2026, 1, 11) }));
    }

    [Fact]
    public void Old_days_go_and_champions_stay()
    {
        string output = shop.NewFolder();
        var run = new PipelineRun("", output, new(2026, 1, 4), new RecipeSettings { KeepDays = 3 });
        var registry = new BundleRegistry
        {
            Bundles =
            [
                Published("2025-11-01"),
                Published("2025-11-02") with { Withdrawn = true },
                Published("2025-11-03"),
                Published("2025-12-31") with { Promoted = false },
                Published("2025-12-30"),
                Published("2026-01-01") with { Promoted = false },
            ],
        };
        Directory.CreateDirectory(Path.Combine(run.Folder, "features"));
        BundleRegistry kept;
        using (RunLock.Take(Path.Combine(output, "runs", "2025-11-02"))) kept = Retention.Apply(run, registry, SmallShop.Quiet());

        // The champion of 12-30 and the one that a rollback goes back to; what was taken back is remembered; what another run is at work on, and days within three.
        Assert.Equal(["2025-11-02", "2025-11-03", "2025-12-30", "2026-01-01"], kept.Bundles.Select(b => b.Date).Order(StringComparer.Ordinal));
        Assert.Equal(["v2025-11-03", "v2025-12-30", "v2026-01-01"], Names(run.Bundles));
        Assert.Equal(["2025-11-02", "2026-01-01", "2026-01-04"], Names(Path.Combine(output, "runs")));
        Assert.Equal(kept.Bundles, Retention.Apply(run, kept, SmallShop.Quiet()).Bundles);
        Assert.Same(registry, Retention.Apply(run with { Settings = new RecipeSettings() }, registry, SmallShop.Quiet()));

        RegisteredBundle Published(string day)
        {
            Directory.CreateDirectory(Path.Combine(run.Bundles, "v" + day));
            Directory.CreateDirectory(Path.Combine(output, "runs", day, "features"));
            return new RegisteredBundle("v" + day, day, "f", Promoted: true);
        }
    }

    [Fact]
    public async Task A_run_removes_what_is_too_old_when_it_publishes()
    {
        string output = shop.CopyOfWhole(), old = Path.Combine(output, "runs", "2025-12-01");
        Directory.CreateDirectory(old);
        string[] run = shop.Run(output, "--config", shop.ConfigWith(await File.ReadAllTextAsync(shop.Config) + "retention: { keep_days: 3 }\n"));
        Assert.Equal(["publish"], Cli.Made(await Cli.JsonAsync(run)));
        Assert.False(Directory.Exists(old));
        Assert.Empty(Cli.Made(await Cli.JsonAsync(run)));
    }

    private static IEnumerable<string?> Names(string folder) => Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static void Pretend(PipelineRun run, string fullDate, string asOf)
    {
        var folder = new StepFolder(run, TwoTowerStep.StepName);
        Directory.CreateDirectory(Path.Combine(folder.Directory, "state", asOf));
        new TowerChain(fullDate).Write(folder.Directory);
        RecipeJson.Write(Path.Combine(folder.Directory, StepRecord.FileName), new StepRecord
        {
            Step = TwoTowerStep.StepName,
            Date = run.DateText,
            Inputs = new() { ["code"] = CodeVersion.Current, ["settings"] = SettingsSchema.Describe(run.Settings, TwoTowerStep.Watched) },
            Outputs = [],
            StartedAt = default,
            Seconds = 0,
            Processors = 1,
        });
    }

    private static string Folder(string output, string date) => Path.Combine(output, "runs", date, TwoTowerStep.StepName);

    private static string Earlier(string output, string date) => RecipeJson.Read<StepRecord>(Path.Combine(Folder(output, date), StepRecord.FileName)).Inputs[EarlierTowers.InputName];

    private static string Hash(string output, string date, string instant) => FileFingerprint.OfFolder(Path.Combine(Folder(output, date), instant), "")["items.npy"];

    private static TwoTowerState State(string output, string date, string instant) => TwoTowerState.Open(Path.Combine(Folder(output, date), "state", instant));

    private PipelineRun Day(string output, string date) => shop.Described(output) with { Date = PipelineRun.Parse(date) };

    /// <summary>Runs a day up to the towers and returns the steps that were made.</summary>
    private async Task<IReadOnlyList<string>> RunTowersAsync(string output, string config, string date)
    {
        var made = new List<string>();
        foreach (string step in new[] { "profile", "features", "two-tower" }) made.AddRange(Cli.Made(await Cli.JsonAsync(shop.Run(output, "--config", config, "--date", date, "--step", step))));
        return made;
    }
}
