using System.Diagnostics;

namespace LineRec.Cli.Tests;

/// <summary>The completion script, run by a real bash.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("linerec pipel", "pipeline")]
    [InlineData("linerec pipeline ", "run status --help")]
    [InlineData("linerec pipeline run --st", "--step")]
    [InlineData("linerec pipeline run --data x --step two", "two-tower")]
    [InlineData("linerec publish --alias ", "candidate champion")]
    [InlineData("linerec train ", "two-tower ranker --help")]
    [InlineData("linerec simulate --out ", "")] // files, by the shell itself
    public async Task Bash_completes(string line, string words)
    {
        var (_, script, _) = await Cli.RunAsync("completion", "bash");
        string typed = string.Join(' ', line.Split(' ').Select(w => $"'{w}'"));
        string run = $"{script}\nCOMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _linerec; echo \"${{COMPREPLY[*]}}\"";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", run]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await bash.StandardOutput.ReadToEndAsync(), error = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(("", words), (error, output.Trim()));
    }
}
