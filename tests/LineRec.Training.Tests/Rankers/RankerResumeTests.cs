namespace LineRec.Training.Tests;

/// <summary>A ranker's training that crashed anywhere, and was started again, gives the same bytes.</summary>
public sealed class RankerResumeTests : IDisposable
{
    private static readonly RankerOptions Quick = new() { Epochs = 5, Patience = 2, BatchSize = 256, UserVectorOffset = 1, HiddenWidths = [16, 8], LearningRate = 0.01, Dropout = 0.3, Ensemble = 2 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-ranker-resume-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_crash_leaves_the_same_bytes()
    {
        var counter = new CrashAfter(-1);
        byte[] whole = Bytes(Quick, null, counter);
        foreach (int crash in new[] { 3, counter.Seen / 3, counter.Seen / 2, counter.Seen * 2 / 3, counter.Seen - 1 })
        {
            var checkpoints = new CheckpointOptions(Path.Combine(_folder.FullName, $"{crash}")) { EverySteps = 2 };
            Assert.Throws<TimeoutException>(() => Bytes(Quick, checkpoints, new CrashAfter(crash)));
            var rest = new CrashAfter(-1);

            Assert.Equal(whole, Bytes(Quick, checkpoints, rest));
            Assert.InRange(rest.Seen, 0, counter.Seen - crash + 3);
        }
    }

    [Fact]
    public void Other_options_or_examples_are_refused_by_name()
    {
        var checkpoints = new CheckpointOptions(_folder.FullName);
        var examples = ChoiceLog.Examples(groups: 100);
        using (new RankerTrainer(Quick) { Checkpoints = checkpoints }.Train(examples)) { }
        Refused("RankerOptions.Dropout = 0.2", Quick with { Dropout = 0.2 }, examples);
        Refused("- then: examples = ", Quick, ChoiceLog.Examples(groups: 100, seed: 4));

        void Refused(string text, RankerOptions options, RankingExamples other) =>
            Assert.Contains(text, Assert.Throws<InvalidDataException>(() => new RankerTrainer(options) { Checkpoints = checkpoints }.Train(other)).Message, StringComparison.Ordinal);
    }

    private byte[] Bytes(RankerOptions options, CheckpointOptions? checkpoints, CrashAfter progress)
    {
        using var model = new RankerTrainer(options) { Checkpoints = checkpoints }.Train(ChoiceLog.Examples(groups: 200), progress);
        return File.ReadAllBytes(Path.Combine(_folder.FullName, model.Export(_folder.FullName, "rankers/home.onnx", "").File));
    }
}
