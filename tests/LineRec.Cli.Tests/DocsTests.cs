using System.Text.RegularExpressions;

namespace LineRec.Cli.Tests;

/// <summary>docs/cli.md and the package's README say what the command line does: their commands parse, their settings and exit codes are those of the code.</summary>
public sealed partial class DocsTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Commands => [.. new[] { "docs/cli.md", "src/LineRec.Cli/README.md" }.SelectMany(p => Command().Matches(Read(p)).Select(m => m.Groups[1].Value.Trim())).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_of_the_pages_parses(string command)
    {
        string[] words = [.. command.Split('#')[0].Split('>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Empty(CommandLine.Create(TextWriter.Null, TextWriter.Null).Parse(words).Errors.Select(e => e.Message));
    }

    [Fact]
    public void The_pages_show_commands() => Assert.True(Commands.Count > 5);

    [Fact]
    public async Task The_settings_shown_are_those_that_config_prints()
    {
        var (_, output, _) = await Cli.RunAsync("config");
        Assert.Equal(output.TrimEnd(), Yaml().Match(Read("docs/cli.md")).Groups[1].Value.TrimEnd());
    }

    [Fact]
    public void The_exit_codes_shown_are_all_that_there_are()
    {
        var shown = ExitRow().Matches(Read("docs/cli.md")).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
        Assert.Equal(Enum.GetValues<ExitCode>().Select(c => (((int)c).ToString(System.Globalization.CultureInfo.InvariantCulture), c.ToString())), shown);
    }

    [Fact]
    public void The_steps_shown_are_those_of_the_pipeline() =>
        Assert.Equal(Recipes.PipelineGraph.Steps.Select(s => (s.Name, string.Join(", ", s.Needs))), StepRow().Matches(Read("docs/cli.md")).Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim())));

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^linerec (.+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitRow();

    [GeneratedRegex(@"^\| `([\w-]+)` \| ([\w, -]*) \|", RegexOptions.Multiline)]
    private static partial Regex StepRow();
}
