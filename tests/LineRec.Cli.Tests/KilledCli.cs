using System.Diagnostics;

namespace LineRec.Cli.Tests;

/// <summary>The command line as a process of its own that is killed in the middle of its work.</summary>
internal static class KilledCli
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it until it has written a checkpoint, waits a little, and ends it as <c>kill -9</c> does.</summary>
    /// <param name="folder">Where checkpoints lie, at any depth.</param>
    /// <param name="pause">How long to wait after the checkpoint.</param>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it was killed, and not done before.</returns>
    public static async Task<bool> RunAsync(string folder, TimeSpan pause, params string[] args)
    {
        var before = Checkpoints(folder);
        return await RunAsync(() => Checkpoints(folder).Except(before).Any(), pause, args);
    }

    /// <summary>Runs it until it is seen at some work, waits a little, and ends it as <c>kill -9</c> does.</summary>
    /// <param name="isSeen">Whether the work is seen; asked again and again.</param>
    /// <param name="pause">How long to wait then.</param>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it was killed, and not done before.</returns>
    public static async Task<bool> RunAsync(Func<bool> isSeen, TimeSpan pause, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var late = new CancellationTokenSource(Patience);
        while (!process.HasExited && !isSeen()) await Task.Delay(Poll, late.Token);
        await Task.Delay(pause);
        bool isAtWork = !process.HasExited;
        process.Kill(entireProcessTree: true); // SIGKILL
        await process.WaitForExitAsync(late.Token);
        return isAtWork;
    }

    /// <summary>The last checkpoints of all trainings, and when they were written.</summary>
    public static HashSet<(string Path, DateTime WrittenAt)> Checkpoints(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("last.ckpt", SearchOption.AllDirectories).Select(f => (f.FullName, f.LastWriteTimeUtc))];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // not made yet, or just removed
        }
    }
}
