using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LineRec.Cli.Tests;

/// <summary>The completion scripts, run by a real bash and a real zsh.</summary>
public sealed partial class CompletionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-completion-").FullName;

    /// <summary>What is typed, and what may stand in its last word's place; nothing where files may.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "linerec pipel", "pipeline" },
        { "linerec pipeline ", "run status --help" },
        { "linerec pipeline run --st", "--step" },
        { "linerec pipeline run --data x --step two", "two-tower" },
        { "linerec publish --alias ", "candidate champion" },
        { "linerec train ", "two-tower ranker --help" },
        { "linerec simulate --out ", "" }, // files, by the shell itself
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_completes(string line, string words)
    {
        var (_, script, _) = await Cli.RunAsync("completion", "bash");
        string typed = string.Join(' ', line.Split(' ').Select(w => $"'{w}'"));
        string run = $"{script}\nCOMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _linerec; echo \"${{COMPREPLY[*]}}\"";
        Assert.Equal(words, (await RunAsync("bash", "--norc", "-c", run)).Trim());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes_what_was_evaluated(string line, string words)
    {
        var (_, script, _) = await Cli.RunAsync("completion", "zsh");
        Assert.Equal(words, await ZshAsync($"autoload -Uz compinit; compinit -u -D\n{script}", line));
    }

    [Fact]
    public async Task Zsh_completes_by_a_file_of_its_functions()
    {
        var (_, script, _) = await Cli.RunAsync("completion", "zsh");
        await File.WriteAllTextAsync(Path.Combine(_folder, "_linerec"), script);
        string init = $"fpath=('{_folder}' $fpath); autoload -Uz compinit; compinit -u -D";
        Assert.Equal("pipeline", await ZshAsync(init, "linerec pipel"));
    }

    /// <summary>Types into an interactive zsh on a terminal of its own and presses the tabulator key.</summary>
    private async Task<string> ZshAsync(string init, string line)
    {
        string file = Path.Combine(_folder, "init.zsh");
        await File.WriteAllTextAsync(file, init + """

            compadd() { local -a hits; builtin compadd -A hits "$@"; print -r -- "<words>$hits<end>" }
            _files() { print -r -- "<words><end>" }
            bindkey '^I' complete-word
            print -r -- '<rea''dy>'
            """);
        string run = $$"""
            zmodload zsh/zpty
            zpty typed zsh -f -i
            zpty -w typed "source '{{file}}'"
            zpty -r typed said '*<ready>*'
            zpty -n -w typed $'{{line}}\t'
            zpty -r typed said '*<end>*'
            print -r -- "$said"
            zpty -d typed
            """;
        var match = Words().Match(await RunAsync("zsh", "-f", "-c", run));
        Assert.True(match.Success, "The tabulator key completed nothing.");
        return match.Groups[1].Value;
    }

    private static async Task<string> RunAsync(string shell, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2)); // a zsh that completes nothing waits for ever
            await using var kill = late.Token.Register(() => process.Kill(entireProcessTree: true));
            var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None);
            Assert.Equal("", await error);
            return await output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {shell} to complete with.");
            throw;
        }
    }

    [GeneratedRegex("<words>([^<]*)<end>")]
    private static partial Regex Words();
}
