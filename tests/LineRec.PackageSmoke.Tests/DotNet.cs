using System.Diagnostics;
using System.Text;

namespace LineRec.PackageSmoke.Tests;

/// <summary>Runs dotnet, and tools that it installed, as a person in that folder would.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs dotnet and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another status than 0, or not in time.</exception>
    public static Task<string> RunAsync(string folder, params IReadOnlyList<string> arguments) => RunToolAsync("dotnet", folder, arguments);

    /// <summary>Runs a tool and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another status than 0, or not in time.</exception>
    public static async Task<string> RunToolAsync(string program, string folder, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };

        // What the test runner and its build were told isn't meant for the app.
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no process outlives the test
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(output, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} took over {Limit.TotalMinutes} minutes:\n{output}");
        }

        return process.ExitCode == 0 ? output.ToString() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
    }

    private static bool IsOurs(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable is "NUGET_PACKAGES" or "CI" or "DOTNET_HOST_PATH";

    private static void Append(StringBuilder output, string? line)
    {
        lock (output) output.AppendLine(line);
    }
}
