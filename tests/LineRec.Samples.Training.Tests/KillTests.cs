using System.Globalization;

namespace LineRec.Samples.Training;

/// <summary>The training process is killed at random moments and started again: the model is that of a training that nobody touched, to the byte.</summary>
/// <remarks>LINEREC_KILLS says how often it is killed in all; default: few enough for every build.</remarks>
public sealed class KillTests(SampleLog log, ITestOutputHelper output) : IClassFixture<SampleLog>
{
    private const int Seed = 11, KillsOfABuild = 6, LeastOfARun = 3, Runs = 5;

    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_with_the_same_model()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("LINEREC_KILLS") ?? $"{KillsOfABuild}", CultureInfo.InvariantCulture), killed = 0;
        var random = new Random(Seed);
        for (int run = 1; killed < kills; run++)
        {
            string[] untouched = Arguments(run, $"untouched{run}"), touched = [.. Arguments(run, $"touched{run}"), "--checkpoints", log.Folder($"checkpoints{run}"), "--every", "3"];
            var (status, printed) = TrainingProcess.Run(untouched);
            Assert.True(status == 0, printed);
            int before = killed, last = Math.Min(kills, before + Math.Max(LeastOfARun, kills / Runs));
            while (killed < last && TrainingProcess.RunAndKill(random.Next(1, 4), TimeSpan.FromMilliseconds(random.Next(0, 120)), touched)) killed++;
            (status, printed) = TrainingProcess.Run(touched);
            Assert.True(status == 0, printed);
            Assert.True(killed > before, "The training was done before it could be killed.");
            Assert.Contains("Went on from", printed, StringComparison.Ordinal);
            foreach (string file in new[] { "users.npy", "items.npy" })
                Assert.Equal(File.ReadAllBytes(Path.Combine(log.Folder($"untouched{run}"), file)), File.ReadAllBytes(Path.Combine(log.Folder($"touched{run}"), file)));
            output.WriteLine($"Run {run}: killed {killed - before} times, {killed} in all; the same bytes.");
        }
    }

    [Fact]
    public void A_training_that_gets_SIGTERM_says_so_and_goes_on_to_the_same_model()
    {
        Assert.Equal(0, TrainingProcess.Run(Arguments(1, "whole")).Status);
        string[] arguments = [.. Arguments(1, "stopped"), "--checkpoints", log.Folder("stopped-checkpoints"), "--every", "100000"];
        Assert.Equal(3, TrainingProcess.RunAndStop(arguments));
        Assert.False(File.Exists(Path.Combine(log.Folder("stopped"), "items.npy")));
        var (status, printed) = TrainingProcess.Run(arguments);
        Assert.True(status == 0, printed);
        Assert.Contains("Went on from", printed, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(log.Folder("whole"), "items.npy")), File.ReadAllBytes(Path.Combine(log.Folder("stopped"), "items.npy")));
    }

    private string[] Arguments(int seed, string folder) =>
        ["--data", log.Path, "--out", log.Folder(folder), "--seed", $"{seed}", "--epochs", "6", "--batch", "128"];
}
