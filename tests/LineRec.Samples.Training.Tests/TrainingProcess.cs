using System.Diagnostics;

namespace LineRec.Samples.Training;

/// <summary>The sample as a process of its own, and ways to end it.</summary>
internal static class TrainingProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LineRec.Samples.Training.dll");

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit status and what it printed.</returns>
    public static (int Status, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>Runs it until it has printed some lines of progress, waits a little, and ends it as <c>kill -9</c> does.</summary>
    /// <returns>Whether it was killed, and not done before.</returns>
    public static bool RunAndKill(int lines, TimeSpan pause, params string[] arguments)
    {
        using var process = Start(arguments);
        for (int seen = 0; seen < lines;)
        {
            if (process.StandardOutput.ReadLine() is not { } line) break;
            if (line.StartsWith("epoch", StringComparison.Ordinal)) seen++;
        }

        Thread.Sleep(pause);
        process.Kill();
        process.WaitForExit();
        return process.ExitCode != 0;
    }

    /// <summary>Runs it until it has printed a line of progress, and asks it to end as <c>kill -TERM</c> does.</summary>
    public static int RunAndStop(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardOutput.ReadLine();
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }
}
