namespace LineRec.Cli.Tests;

/// <summary>What is said and returned when a command is wrong.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-usage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Unrecognized command or argument '--colour'", "simulate", "--out", "x", "--colour", "red")]
    [InlineData("Option '--out' is required", "simulate", "--days", "3")]
    [InlineData("Items must be 100 to", "simulate", "--out", "x", "--items", "5")]
    [InlineData("'three'", "simulate", "--out", "x", "--days", "three")]
    [InlineData("it must be a date as yyyy-MM-dd", "pipeline", "run", "--data", "x", "--out", "y", "--date", "4.1.2026")]
    [InlineData("profile", "pipeline", "run", "--data", "x", "--out", "y", "--step", "everything")]
    [InlineData("There is no folder 'nowhere/log'", "pipeline", "run", "--data", "nowhere/log", "--out", "y")]
    [InlineData("There is no configuration file 'nowhere.yaml'", "config", "--config", "nowhere.yaml")]
    [InlineData("There is no folder 'nowhere/bundles'", "rollback", "--out", "nowhere")]
    [InlineData("There is no folder 'nowhere/segments'", "exposures", "compact", "--in", "nowhere/segments", "--out", "y")]
    [InlineData("Option '--exposures' is required", "report", "--data", "x")]
    [InlineData("There is no folder 'nowhere/log'", "report", "--exposures", "x", "--data", "nowhere/log")]
    public async Task A_wrong_command_says_what_is_wrong(string message, params string[] args)
    {
        var (code, _, error) = await Cli.RunAsync(args);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Path.Exists("x") || Path.Exists("y"), "A refused command wrote something.");
    }

    [Fact]
    public async Task A_broken_configuration_is_refused_before_anything_is_done()
    {
        string config = Path.Combine(_folder, "linerec.yaml"), output = Path.Combine(_folder, "out");
        await File.WriteAllTextAsync(config, "seed: 1\ntwo_tower:\n  epochs: 0\n");
        var (code, _, error) = await Cli.RunAsync("pipeline", "run", "--data", _folder, "--out", output, "--config", config);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains($"{config}(3,11): 'two_tower.epochs' is '0'", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task A_folder_that_is_no_log_and_a_log_that_is_too_short_are_refused()
    {
        var (code, _, error) = await Cli.RunAsync("pipeline", "run", "--data", _folder, "--out", Path.Combine(_folder, "out"));
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("it needs events.parquet or events/*.parquet", StringComparison.Ordinal)));

        string log = Path.Combine(_folder, "log");
        await Cli.JsonAsync("simulate", "--out", log, "--days", "2", "--users", "100", "--items", "100");
        (code, _, error) = await Cli.RunAsync("pipeline", "run", "--data", log, "--out", Path.Combine(_folder, "out"));
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("with window_days 1 and learning_windows 1 it must begin before 2026-01-01, for a run of 2026-01-02. Lower these settings, or wait", error, StringComparison.Ordinal);
        (code, _, error) = await Cli.RunAsync("pipeline", "run", "--data", log, "--out", Path.Combine(_folder, "out"), "--date", "2025-12-31");
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("has no event up to 2025-12-31", error, StringComparison.Ordinal);
        (code, _, error) = await Cli.RunAsync("pipeline", "run", "--data", log, "--out", Path.Combine(_folder, "out"), "--date", "2026-01-03");
        Assert.Equal((int)ExitCode.NotReady, code);
        Assert.Contains("has no event of 2026-01-03 yet. Wait until that day has arrived", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verbs_help_is_tested()
    {
        var tested = typeof(UsageTests).GetMethod(nameof(Help_shows_an_example))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => string.Join(' ', d.Data.SelectMany(v => v as string[] ?? [(string)v!])));
        Assert.Equal(Leaves(CommandLine.Create(TextWriter.Null, TextWriter.Null), "").Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));

        static IEnumerable<string> Leaves(System.CommandLine.Command command, string path) => command.Subcommands.Count == 0
            ? [path]
            : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}".Trim()));
    }

    [Theory]
    [InlineData("simulate")]
    [InlineData("pipeline", "run")]
    [InlineData("pipeline", "status")]
    [InlineData("airflow", "export")]
    [InlineData("rollback")]
    [InlineData("config")]
    [InlineData("convert")]
    [InlineData("profile")]
    [InlineData("fit")]
    [InlineData("train", "two-tower")]
    [InlineData("train", "ranker")]
    [InlineData("sweep")]
    [InlineData("embed")]
    [InlineData("index")]
    [InlineData("bundle")]
    [InlineData("evaluate")]
    [InlineData("explain")]
    [InlineData("serve")]
    [InlineData("publish")]
    [InlineData("registry")]
    [InlineData("runs")]
    [InlineData("completion", "bash")]
    [InlineData("completion", "zsh")]
    [InlineData("exposures", "compact")]
    [InlineData("report")]
    public async Task Help_shows_an_example(params string[] verb)
    {
        var (code, output, _) = await Cli.RunAsync([.. verb, "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($"linerec {string.Join(' ', verb)}", output, StringComparison.Ordinal);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  linerec {string.Join(' ', verb)} [options]", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
