namespace LineRec.Cli.Tests;

/// <summary>What a log holds, and how far it has moved.</summary>
[Collection(nameof(SmallShop))]
public sealed class ProfileVerbTests(SmallShop shop)
{
    [Fact]
    public async Task A_log_is_counted_and_two_halves_of_it_are_compared()
    {
        string page = shop.NewFolder();
        var profile = await Cli.JsonAsync("profile", "--data", shop.Log, "--html", page);
        var events = Data.ShopLog.Open(shop.Log).ReadEvents().Sum(b => (long)b.Count);
        Assert.Equal(events, profile.GetProperty("log").GetProperty("events").EnumerateObject().Sum(e => e.Value.GetInt64()));
        Assert.Equal(0, profile.GetProperty("missing_days").GetArrayLength());
        Assert.Equal("2026-01-03", profile.GetProperty("periods").GetProperty("from").GetString()![..10]);
        Assert.Equal("2026-01-01", profile.GetProperty("periods").GetProperty("earlier_from").GetString()![..10]);
        var drifts = profile.GetProperty("features").GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("drift")).ToList();
        Assert.NotEmpty(drifts);
        Assert.Contains(drifts, d => d.ValueKind != System.Text.Json.JsonValueKind.Null && d.GetProperty("psi").GetDouble() > 0);
        Assert.Contains("<svg", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_compared_with_itself_has_not_moved_and_a_limit_refuses_one_that_has()
    {
        string[] same = ["profile", "--data", shop.Log, "--days", "2", "--against", "2026-01-04", "--max-psi", "0"];
        await Cli.JsonAsync(same);
        var (code, output, error) = await Cli.RunAsync("profile", "--data", shop.Log, "--days", "2", "--max-psi", "0");
        Assert.Equal((int)ExitCode.Refused, code);
        Assert.Contains("Over --max-psi: ", error, StringComparison.Ordinal);
        Assert.Contains("no day is missing", output, StringComparison.Ordinal); // the report is there all the same
    }

    [Fact]
    public async Task A_missing_day_is_named_and_a_period_before_the_log_is_refused()
    {
        string log = shop.NewFolder();
        foreach (string file in Directory.EnumerateFiles(shop.Log, "*", SearchOption.AllDirectories).Where(f => !f.Contains("date=2026-01-02", StringComparison.Ordinal)))
        {
            string copy = Path.Combine(log, Path.GetRelativePath(shop.Log, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var (_, output, _) = await Cli.RunAsync("profile", "--data", log);
        Assert.Contains("days without an event: 2026-01-02", output, StringComparison.Ordinal);
        var (code, _, error) = await Cli.RunAsync("profile", "--data", log, "--against", "2025-12-31");
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("there is nothing before 2026-01-01 to compare with", StringComparison.Ordinal)));
    }
}
