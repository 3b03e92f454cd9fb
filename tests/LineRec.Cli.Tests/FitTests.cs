using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Features fitted by one process and by several: the same bytes, those of the pipeline's step.</summary>
[Collection(nameof(SmallShop))]
public sealed class FitTests(SmallShop shop)
{
    private const string FirstInstantsLastDay = "2026-01-02"; // the pipeline's first fit knows the log up to the end of it, and refreshes none

    private static readonly string[] Files = ["features.json", "features_items.npy"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Shares_added_up_are_the_pipelines_features_to_the_byte(int shards)
    {
        var states = new List<string>();
        long rows = 0;
        for (int shard = 1; shard <= shards; shard++)
        {
            states.Add(shop.NewFolder());
            var counted = await Cli.JsonAsync("fit", "--data", shop.Log, "--out", states[^1], "--shard", $"{shard}/{shards}", "--date", FirstInstantsLastDay);
            Assert.True(counted.GetProperty("ran").GetBoolean());
            rows += counted.GetProperty("rows").GetInt64();
        }

        Assert.Equal(LogFingerprint.Events(Data.ShopLog.Open(shop.Log), new DateOnly(2026, 1, 2)).Sum(f => new Data.EventReader(f).CountRows()), rows);
        states.Reverse();
        string features = shop.NewFolder();
        var merged = await Cli.JsonAsync(["fit", "--data", shop.Log, "--out", features, "--merge", .. states]);
        AssertThePipelines(features);
        Assert.Equal((shards, FirstInstantsLastDay), (merged.GetProperty("shards").GetInt32(), merged.GetProperty("date").GetString()));
    }

    [Fact]
    public async Task One_process_alone_writes_the_same_and_again()
    {
        string features = shop.NewFolder();
        for (int pass = 0; pass < 2; pass++)
        {
            await Cli.JsonAsync("fit", "--data", shop.Log, "--out", features, "--date", FirstInstantsLastDay);
            AssertThePipelines(features);
            Assert.Equal(Files, Directory.EnumerateFileSystemEntries(features).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Processes_that_count_at_once_give_the_same()
    {
        string folder = shop.NewFolder();
        await AirflowStub.ShellAsync(
            $"for i in 1 2; do linerec fit --data '{shop.Log}' --out '{folder}'/state-$i --shard $i/2 --date {FirstInstantsLastDay} & done; wait; linerec fit --data '{shop.Log}' --out '{folder}/features' --merge '{folder}'/state-*", []);
        AssertThePipelines(Path.Combine(folder, "features"));
    }

    [Fact]
    public void A_count_that_is_cancelled_leaves_no_share()
    {
        string state = shop.NewFolder();
        Assert.Throws<OperationCanceledException>(() => new LogFit(shop.Log, null).Count(new ShareNumber(1, 2), state, new CancellationToken(canceled: true)));
        Assert.Null(LogFit.Folders.Find(state));
    }

    [Fact]
    public async Task A_share_that_is_there_is_not_counted_again_unless_it_is_damaged_or_of_another_log()
    {
        string state = shop.NewFolder();
        string[] count = ["fit", "--data", shop.Log, "--out", state, "--shard", "1/2"];
        Assert.True((await Cli.JsonAsync(count)).GetProperty("ran").GetBoolean());
        byte[] counts = await File.ReadAllBytesAsync(CountsOf(state));
        Assert.False((await Cli.JsonAsync(count)).GetProperty("ran").GetBoolean());
        Assert.True((await Cli.JsonAsync([.. count, "--date", FirstInstantsLastDay])).GetProperty("ran").GetBoolean());
        Assert.True((await Cli.JsonAsync(count)).GetProperty("ran").GetBoolean());
        Assert.Equal(counts, await File.ReadAllBytesAsync(CountsOf(state)));

        counts[^1] ^= 1;
        await File.WriteAllBytesAsync(CountsOf(state), counts);
        await FailsAsync(ExitCode.NotReady, "holds no share that was made to its end", "--merge", state);
        Assert.True((await Cli.JsonAsync(count)).GetProperty("ran").GetBoolean());
    }

    [Fact]
    public async Task Shares_that_do_not_make_a_whole_are_refused()
    {
        string a = shop.NewFolder(), b = shop.NewFolder(), other = shop.NewFolder(), early = shop.NewFolder();
        foreach (var (folder, share) in new[] { (a, "1/3"), (b, "1/3"), (other, "2/2") }) await Cli.JsonAsync("fit", "--data", shop.Log, "--out", folder, "--shard", share);
        await Cli.JsonAsync("fit", "--data", shop.Log, "--out", early, "--shard", "2/3", "--date", FirstInstantsLastDay);
        await FailsAsync(ExitCode.NotReady, "Of 3 shares 2, 3 aren't named. Make what is missing, by 'linerec fit --shard 2/3'", "--merge", a);
        await FailsAsync(ExitCode.NotReady, "holds no share that was made to its end", "--merge", a, shop.NewFolder());
        await FailsAsync(ExitCode.Usage, "are both share 1 of 3", "--merge", a, b);
        await FailsAsync(ExitCode.Usage, "are both share 1 of 3", "--merge", a, a);
        await FailsAsync(ExitCode.Usage, "were made with another number of shares", "--merge", a, other);
        await FailsAsync(ExitCode.Usage, "were made with another date", "--merge", a, early);
        await FailsAsync(ExitCode.Usage, "give one of them", "--merge", a, "--shard", "1/3");
        await FailsAsync(ExitCode.Usage, "--merge takes theirs", "--merge", a, "--date", FirstInstantsLastDay);
        await FailsAsync(ExitCode.Usage, "has no event up to 2025-12-31", "--date", "2025-12-31");
        foreach (string wrong in new[] { "0/2", "3/2", "2", "a/b", "1/99999" }) await FailsAsync(ExitCode.Usage, $"--shard is '{wrong}'; it must be a share", "--shard", wrong);
    }

    [Fact]
    public async Task Shares_of_another_log_are_refused()
    {
        string log = shop.NewFolder(), a = shop.NewFolder(), b = shop.NewFolder();
        await Cli.JsonAsync("simulate", "--out", log, "--days", "2", "--users", "100", "--items", "100");
        await Cli.JsonAsync("fit", "--data", shop.Log, "--out", a, "--shard", "1/2", "--date", FirstInstantsLastDay);
        await Cli.JsonAsync("fit", "--data", log, "--out", b, "--shard", "2/2", "--date", FirstInstantsLastDay);
        await FailsAsync(ExitCode.Usage, "were made with another log", "--merge", a, b);
        await Cli.JsonAsync("fit", "--data", log, "--out", a, "--shard", "1/2", "--date", FirstInstantsLastDay);
        await FailsAsync(ExitCode.Usage, $"was made from another log than that of '{shop.Log}'", "--merge", a, b);
    }

    [Fact]
    public async Task A_day_that_arrives_meanwhile_changes_no_share()
    {
        string log = shop.NewFolder(), a = shop.NewFolder(), b = shop.NewFolder(), features = shop.NewFolder();
        foreach (string file in Directory.EnumerateFiles(shop.Log, "*.parquet", SearchOption.AllDirectories).Where(f => !f.Contains("date=2026-01-03", StringComparison.Ordinal) && !f.Contains("date=2026-01-04", StringComparison.Ordinal))) Copy(file);
        await Cli.JsonAsync("fit", "--data", log, "--out", a, "--shard", "1/2", "--date", FirstInstantsLastDay);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(shop.Log, "events", "date=2026-01-03"))) Copy(file);
        await Cli.JsonAsync("fit", "--data", log, "--out", b, "--shard", "2/2", "--date", FirstInstantsLastDay);
        await Cli.JsonAsync("fit", "--data", log, "--out", features, "--merge", a, b);
        AssertThePipelines(features);

        void Copy(string file)
        {
            string target = Path.Combine(log, Path.GetRelativePath(shop.Log, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string CountsOf(string state) => Path.Combine(state, "counts");

    private void AssertThePipelines(string features)
    {
        string made = Path.Combine(shop.Whole, "runs", SmallShop.LastDate, FeaturesStep.StepName, "20260103");
        foreach (string file in Files) Assert.Equal(File.ReadAllBytes(Path.Combine(made, file)), File.ReadAllBytes(Path.Combine(features, file)));
    }

    private async Task FailsAsync(ExitCode expected, string message, params string[] more)
    {
        string output = shop.NewFolder();
        var (code, _, error) = await Cli.RunAsync(["fit", "--data", shop.Log, "--out", output, .. more]);
        Assert.Equal((int)expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output), "A refused command wrote something.");
    }
}
