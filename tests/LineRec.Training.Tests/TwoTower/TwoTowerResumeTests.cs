using LineRec.Features;

namespace LineRec.Training.Tests;

/// <summary>A two-tower training that crashed anywhere, and was started again, gives the same files.</summary>
public sealed class TwoTowerResumeTests : IDisposable
{
    private static readonly TwoTowerOptions Quick = new() { Dimension = 8, Epochs = 3, BatchSize = 256, CategoryDimension = 4, UniformNegatives = 50, Patience = 2 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-two-tower-resume-");

    public static TheoryData<string> Kinds => ["plain", "streaming", "hard", "impressions", "separate", "gru", "continued"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_crash_leaves_the_same_files(string kind)
    {
        var options = Options(kind);
        var counter = new CrashAfter(-1);
        var whole = Files(kind, options, null, counter, "whole");
        Assert.InRange(counter.Seen, 30, 1000); // both fits
        foreach (int crash in new[] { 2, counter.Seen / 4, counter.Seen / 2, counter.Seen * 3 / 4, counter.Seen - 1 })
        {
            var checkpoints = new CheckpointOptions(Path.Combine(_folder.FullName, $"{crash}")) { EverySteps = 2 };
            Assert.Throws<TimeoutException>(() => Files(kind, options, checkpoints, new CrashAfter(crash), "crashed"));
            var rest = new CrashAfter(-1);
            var resumed = Files(kind, options, checkpoints, rest, "resumed");

            Assert.Equal(whole.Keys, resumed.Keys);
            Assert.All(whole, file => Assert.Equal(file.Value, resumed[file.Key]));
            Assert.InRange(rest.Seen, 0, counter.Seen - crash + 4); // what was lost, and what was left
        }
    }

    [Fact]
    public void Being_cancelled_leaves_a_checkpoint_and_says_where()
    {
        using var stop = new CancellationTokenSource();
        var checkpoints = new CheckpointOptions(_folder.FullName);
        var trainer = new TwoTowerTrainer(Quick) { Checkpoints = checkpoints };
        var message = Assert.Throws<OperationCanceledException>(() => trainer.Train(TasteLog.Events(), TasteLog.Catalog(), null, new Canceller(stop), stop.Token)).Message;
        Assert.Contains(Path.Combine(_folder.FullName, "validate", "last.ckpt"), message, StringComparison.Ordinal);
        using var resumed = trainer.Train(TasteLog.Events(), TasteLog.Catalog());
        using var whole = new TwoTowerTrainer(Quick).Train(TasteLog.Events(), TasteLog.Catalog());
        Assert.Equal(whole.ItemTable.Slice(0, 160).ToArray(), resumed.ItemTable.Slice(0, 160).ToArray());
        Assert.Equal(whole.Report.Epochs.Select(e => (e.Loss, e.Recall, e.PopularityExponent)), resumed.Report.Epochs.Select(e => (e.Loss, e.Recall, e.PopularityExponent)));
    }

    [Fact]
    public void Other_options_or_events_are_refused_by_name()
    {
        var checkpoints = new CheckpointOptions(_folder.FullName);
        using (new TwoTowerTrainer(Quick) { Checkpoints = checkpoints }.Train(TasteLog.Events(), TasteLog.Catalog())) { }
        Refused("TwoTowerOptions.Temperature = 0.07", Quick with { Temperature = 0.07 }, TasteLog.Events());
        Refused("events, catalog and item features", Quick, TasteLog.Events(seed: 6));

        void Refused(string text, TwoTowerOptions options, InteractionTable events) => Assert.Contains(
            text, Assert.Throws<InvalidDataException>(() => new TwoTowerTrainer(options) { Checkpoints = checkpoints }.Train(events, TasteLog.Catalog())).Message, StringComparison.Ordinal);
    }

    private static TwoTowerOptions Options(string kind) => kind switch
    {
        "streaming" => Quick with { LogQ = LogQCorrection.Streaming, InBatchNegatives = true },
        "hard" => Quick with { HardNegatives = new HardNegativeOptions { Count = 2, Skip = 0, Window = 10, RefreshSteps = 5 } },
        "impressions" => Quick with { ImpressionNegatives = new ImpressionNegativeOptions { Count = 2 } },
        "separate" => Quick with { HistoryPooling = new HistoryPooling { Table = "history" }, UserHiddenWidth = 8, ItemHiddenWidth = 8 },
        "gru" => Quick with { SequenceModel = SequenceModel.Gru },
        _ => Quick,
    };

    private Dictionary<string, byte[]> Files(string kind, TwoTowerOptions options, CheckpointOptions? checkpoints, CrashAfter progress, string name)
    {
        string folder = Path.Combine(_folder.FullName, "files", $"{name}-{Guid.NewGuid():N}");
        var events = kind == "impressions" ? TasteLog.WithLists(TasteLog.Events(), shown: 5) : TasteLog.Events();
        using var features = TasteLog.Features();
        using var earlier = kind == "continued" ? new TwoTowerTrainer(options with { Epochs = 1, RetrainOnAll = false }).Train(TasteLog.Events(users: 100), TasteLog.Catalog(), features) : null;
        var trainer = new TwoTowerTrainer(options) { Checkpoints = checkpoints };
        using var model = earlier is null
            ? trainer.Train(events, TasteLog.Catalog(), features, progress)
            : trainer.Continue(earlier.State, events, TasteLog.Catalog(), features, progress);
        model.Export(folder, "");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes);
    }

    private sealed class Canceller(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == 2 && value.Step == 3) stop.Cancel();
        }
    }
}
