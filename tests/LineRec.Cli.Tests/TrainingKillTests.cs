using System.Globalization;
using System.Text.RegularExpressions;

namespace LineRec.Cli.Tests;

/// <summary>Steps whose training is killed at any moment and run again: they go on from a checkpoint, to the bytes of a run that nobody touched.</summary>
/// <remarks>LINEREC_KILLS says how often a step is killed; default: few enough for every build.</remarks>
[Collection(nameof(SmallShop))]
public sealed partial class TrainingKillTests(SmallShop shop, ITestOutputHelper output)
{
    private const int Seed = 3, KillsOfABuild = 3;

    private const string Settings = """
        checkpoint_steps: 3
        two_tower: { epochs: 30, patience: 30, dimension: 8, uniform_negatives: 64, batch_size: 32 }
        item_to_item: { neighbours: 20 }
        rankers: { epochs: 30, ensemble: 2, max_lists: 150, max_cases: 60 }

        """;

    [Fact]
    public async Task Trainings_that_are_killed_again_and_again_end_in_the_same_bytes()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("LINEREC_KILLS") ?? $"{KillsOfABuild}", CultureInfo.InvariantCulture);
        string whole = shop.NewFolder(), killed = shop.NewFolder(), config = shop.ConfigWith(Settings);
        await Cli.JsonAsync(Train("ranker", whole, config));
        var random = new Random(Seed);
        foreach (string model in new[] { "two-tower", "ranker" })
        {
            int done = 0;
            while (done < kills && await KilledCli.RunAsync(Runs(killed), TimeSpan.FromMilliseconds(random.Next(60)), Train(model, killed, config))) done++;
            Assert.True(done > 1, $"The step was done after {done} kills.");
            output.WriteLine($"{model}: killed {done} times in mid-training.");
            var (code, _, error) = await Cli.RunAsync(Train(model, killed, config));
            Assert.True(code == 0, error);
            Assert.Matches(GoesOn(), error);
        }

        Assert.Equal(SmallShop.Results(whole), SmallShop.Results(killed));
        Assert.Empty(Directory.EnumerateDirectories(Runs(killed), ".*")); // no checkpoints either
    }

    [Fact]
    public async Task A_run_that_is_killed_while_it_captures_goes_on_after_the_last_whole_window()
    {
        string whole = shop.NewFolder(), killed = shop.NewFolder(), config = shop.ConfigWith(Settings + "learning_windows: 2\n");
        await Cli.JsonAsync(Train("ranker", whole, config));
        string[] Windows() => [.. Kept(killed).Where(f => !f.EndsWith(".making", StringComparison.Ordinal))];

        // In the first window, which leaves nothing; when it is kept, in the second; and when that is, before the first checkpoint of a training.
        Assert.True(await KilledCli.RunAsync(() => Directory.Exists(Runs(killed)) && Directory.EnumerateDirectories(Runs(killed), ".making-rankers-*").Any(), TimeSpan.Zero, Train("ranker", killed, config)));
        Assert.Empty(Windows());
        Assert.True(await KilledCli.RunAsync(() => Windows().Length == 1, TimeSpan.FromMilliseconds(20), Train("ranker", killed, config)));
        Assert.Equal(["captured-20260102"], Windows());
        Assert.True(await KilledCli.RunAsync(() => Windows().Length == 2, TimeSpan.Zero, Train("ranker", killed, config)));
        var (code, _, error) = await Cli.RunAsync(Train("ranker", killed, config));
        Assert.True(code == 0, error);
        foreach (string day in new[] { "20260102", "20260103" }) Assert.Contains($"captured-{day}: as the run that was killed had left it", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Capture features", error, StringComparison.Ordinal);
        Assert.Equal(SmallShop.Results(whole), SmallShop.Results(killed));
    }

    [Fact]
    public async Task Checkpoints_of_other_settings_are_not_gone_on_from()
    {
        string folder = shop.NewFolder(), config = shop.ConfigWith(Settings), other = shop.ConfigWith(Settings + "seed: 2\n");
        Assert.True(await KilledCli.RunAsync(Runs(folder), TimeSpan.Zero, Train("two-tower", folder, config)));
        string left = Assert.Single(Directory.EnumerateDirectories(Runs(folder), ".checkpoints-two-tower-*"));
        Assert.True(await KilledCli.RunAsync(Runs(folder), TimeSpan.Zero, Train("two-tower", folder, other)));
        Assert.NotEqual(left, Assert.Single(Directory.EnumerateDirectories(Runs(folder), ".checkpoints-two-tower-*")));
    }

    [Fact]
    public async Task Damaged_checkpoints_are_said_and_a_training_begins_anew()
    {
        string whole = shop.NewFolder(), killed = shop.NewFolder(), config = shop.ConfigWith(Settings);
        await Cli.JsonAsync(Train("two-tower", whole, config));
        Assert.True(await KilledCli.RunAsync(Runs(killed), TimeSpan.Zero, Train("two-tower", killed, config)));
        foreach (string file in Directory.EnumerateFiles(Runs(killed), "*.ckpt", SearchOption.AllDirectories)) await File.WriteAllTextAsync(file, "damaged");
        var (code, _, error) = await Cli.RunAsync(Train("two-tower", killed, config));
        Assert.True(code == 0, error);
        Assert.Matches("begins anew, for its checkpoints can't be used[.] .*last[.]ckpt", error.ReplaceLineEndings(" "));
        Assert.Equal(SmallShop.Results(whole), SmallShop.Results(killed));
    }

    private static string Runs(string folder) => Path.Combine(folder, "runs", SmallShop.LastDate);

    // The names of what rankers learn from, as far as it is kept.
    private static string[] Kept(string folder) => Directory.Exists(Runs(folder))
        ? [.. Directory.EnumerateDirectories(Runs(folder), ".checkpoints-rankers-*").SelectMany(d => Directory.EnumerateDirectories(d, "captured-*")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)]
        : [];

    private string[] Train(string model, string folder, string config) => ["train", model, "--data", shop.Log, "--out", folder, "--config", config];

    // Not with the first step of a training: a killed one has got further, or has ended.
    [GeneratedRegex("goes on from its checkpoint with epoch (?!1, step 1 )|had ended; its last checkpoint is the result")]
    private static partial Regex GoesOn();
}
