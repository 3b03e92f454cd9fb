using System.Diagnostics;
using LineRec.Bench.Matching;
using LineRec.Data;
using LineRec.Training;
using Spectre.Console;
using TorchSharp;

namespace LineRec.Bench.Datasets;

/// <summary>Trains a model on a log that memory doesn't hold, and says what memory there was, what the training took, and how long it waited for data.</summary>
internal sealed class StreamTrainingRun(StreamTrainingOptions options)
{
    private const int LinesPerEpoch = 20;
    private const double Megabyte = 1048576;

    public void Run()
    {
        using (var torch = new LoadedTorch()) torch.Touch();
        GC.Collect();
        double idle = Environment.WorkingSet / Megabyte;
        var limit = MemoryLimit.Read();
        Say($"limit {Text(limit.Bytes / Megabyte)}, resident with Torch loaded {idle:0} MB");

        var log = ShopLog.Open(options.Data);
        var split = log.ReadTimeRange()!.Value.Last.UtcDateTime.Date;
        var users = log.ReadUsers() ?? throw new FileNotFoundException($"'{options.Data}' has no {ShopLogLayout.UsersFile}; this verb numbers users by it.");
        var columns = new DatasetOptions
        {
            Columns = [ClickModule.User, ClickModule.Item, ClickModule.Type],
            Vocabularies = new Dictionary<string, DatasetVocabulary>
            {
                [ClickModule.User] = new(users.Ids.ToArray()), [ClickModule.Item] = new(log.ReadCatalog().Ids.ToArray()), [ClickModule.Type] = new([ClickModule.Impression]),
            },
            BatchSize = options.BatchSize, ShuffleRows = options.ShuffleRows, Threads = options.Threads, MemoryBudgetBytes = options.MemoryBudgetBytes, Seed = (ulong)options.Seed,
        };
        ParquetDataset Open(DatasetCondition time, int? epochs) => ParquetDataset.Open(Path.Combine(options.Data, ShopLogLayout.EventsFolder), columns with
        {
            Where = [DatasetCondition.NotEqual(ClickModule.Type, "search"), time],
            Epochs = epochs,
        });
        var day = new DateTimeOffset(split, TimeSpan.Zero);
        var heldOut = Open(DatasetCondition.AtLeast("timestamp", day), epochs: 1);
        using var module = new ClickModule(users.Count, columns.Vocabularies[ClickModule.Item].Count, options, heldOut);
        PeakMemory.Reset();
        TrainingResult result;
        using (var data = new DatasetTrainingData(Open(DatasetCondition.Below("timestamp", day), epochs: null)))
        {
            result = new Trainer(new TrainerOptions { Epochs = options.Epochs, Progress = new Lines() }).Fit(module, data);
        }

        double peak = PeakMemory.Megabytes();
        var group = MemoryLimit.Read().PeakBytes;
        var (read, seconds) = ReadAll(Open(DatasetCondition.Below("timestamp", day), epochs: 1));
        var (rows, bytes) = DecodedSize.Of(log.Events.Files);
        var times = result.Times;
        double training = (times.Total - times.Validation).TotalSeconds;
        var report = new StreamTrainingReport
        {
            Options = options with { Data = "", Json = null },
            LimitMegabytes = limit.Bytes / Megabyte,
            IdleMegabytes = idle,
            DecodedMegabytes = bytes / Megabyte,
            Rows = rows,
            PeakResidentMegabytes = peak,
            PeakGroupMegabytes = group / Megabyte,
            RowsPerSecond = read * options.Epochs / training,
            ReadingRowsPerSecond = read / seconds,
            TrainingSeconds = training,
            WaitSeconds = times.Data.TotalSeconds,
            WaitShare = times.Data.TotalSeconds / training,
            Loss = result.Epochs[^1].Loss,
            Auc = result.Epochs[^1].Metrics["auc"],
        };
        Say($"{times}");
        Say($"{rows:N0} events, decoded {report.DecodedMegabytes:N0} MB: {Text(report.TimesLeft, " times")} the {Text(report.LeftMegabytes)} that the limit leaves; resident at most {peak:0} MB, counted by the group {Text(report.PeakGroupMegabytes)}");
        Say($"{report.RowsPerSecond:N0} rows/s trained, {report.ReadingRowsPerSecond:N0} rows/s read alone, waited {report.WaitSeconds:0.0} s of {training:0} s ({report.WaitShare:P1}); loss {report.Loss:0.0000}, AUC of the last day {report.Auc:0.0000}");
        if (options.Json is { } json) report.Save(json);
    }

    private static (long Rows, double Seconds) ReadAll(ParquetDataset dataset)
    {
        long start = Stopwatch.GetTimestamp();
        using var reader = dataset.Read();
        while (reader.TryRead(out _))
        {
        }

        return (reader.RowCount, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static string Text(double? value, string unit = " MB") => value is { } number ? $"{number:N1}{unit}" : "unlimited";

    private static void Say(string line) => AnsiConsole.WriteLine(line + Environment.NewLine);

    private sealed class Lines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % Math.Max(1, value.Steps / LinesPerEpoch) == 0) Say($"epoch {value.Epoch}, step {value.Step} of {value.Steps}, loss {value.Loss:0.0000}, {value.ExamplesPerSecond:N0} rows/s, resident {Environment.WorkingSet / Megabyte:0} MB");
        }
    }

    /// <summary>Torch as it is before anything is trained.</summary>
    private sealed class LoadedTorch : TrainingModule<int>
    {
        public override IReadOnlyList<ITrainingOptimizer> Optimizers => [];

        public void Touch()
        {
            using var one = torch.ones(1);
            _ = one.item<float>();
        }

        public override StepLoss TrainingStep(int batch) => default;

        public override void ExchangeWeights(TrainingState state)
        {
        }
    }
}
