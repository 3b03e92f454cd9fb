using System.Numerics.Tensors;
using LineRec.Training;
using Spectre.Console;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>Trains both ways, one after the other, and compares.</summary>
internal sealed class TwoTowerSpeedRun(TwoTowerSpeedOptions options)
{
    private const int Top = 20;

    private readonly TimeProvider _time = options.Clock == "processor" ? new ProcessorClock() : TimeProvider.System;

    public void Run()
    {
        var log = MadeLog.Make(options);
        AnsiConsole.WriteLine($"{options.Items:N0} items × {options.Dimension}, {options.Users:N0} users, {log.Events.Count:N0} events");
        var model = new TwoTowerOptions
        {
            Dimension = options.Dimension, Epochs = options.Epochs, BatchSize = options.BatchSize, UniformNegatives = options.UniformNegatives, ValidationShare = 0, PopularityExponents = [0],
            CategoryDimension = 0, Seed = options.Seed,
        };
        var ours = Ours(log, model);
        Print(ours);
        var dense = Dense(log, model);
        Print(dense);
        var report = new TwoTowerSpeedReport { Options = options with { Json = null }, Rows = [ours, dense], Ratio = ours.SamplesPerSecond / dense.SamplesPerSecond };
        AnsiConsole.WriteLine($"LineRec's tables are {report.Ratio:0.0} times as fast.");
        if (options.Json is { } json) report.Save(json);
    }

    private static void Print(TwoTowerSpeedRow row) =>
        AnsiConsole.WriteLine($"{row.Name}: {row.SamplesPerSecond:N0} samples/s, {row.Steps:N0} steps, Recall@{Top} {row.Recall:0.0000} ± {row.StandardError:0.0000}");

    private TwoTowerSpeedRow Ours(MadeLog log, TwoTowerOptions model)
    {
        int steps = 0;
        var counter = new StepCounter(() => steps++);
        using var trained = new TwoTowerTrainer(model, _time).Train(log.Events, log.Catalog, null, counter);
        using var users = trained.EncodeUsers(log.Events);
        double seconds = trained.Report.Epochs.Sum(e => trained.Report.Positives / e.PositivesPerSecond);
        return Row("linerec", trained.Report.Epochs.Count * trained.Report.Positives / seconds, steps, log, trained.ItemVectors.Slice(0, options.Items), users.Slice(0, Math.Min(options.TestUsers, options.Users)));
    }

    private TwoTowerSpeedRow Dense(MadeLog log, TwoTowerOptions model)
    {
        var loop = new DenseLoop(options, model, log.Events, _time);
        var (items, users) = loop.Train();
        return Row("dense", loop.SamplesPerSecond, loop.Steps, log, items, users);
    }

    private TwoTowerSpeedRow Row(string name, double speed, int steps, MadeLog log, ReadOnlySpan<float> items, ReadOnlySpan<float> users)
    {
        int width = options.Dimension, count = users.Length / width, hits = 0;
        for (int user = 0; user < count; user++)
        {
            var vector = users.Slice(user * width, width);
            int target = log.HeldOut[user], above = 0;
            float score = TensorPrimitives.Dot(vector, items.Slice(target * width, width));
            for (int item = 0; item < options.Items && above < Top; item++)
            {
                if (TensorPrimitives.Dot(vector, items.Slice(item * width, width)) > score) above++;
            }

            if (above < Top) hits++;
        }

        double recall = (double)hits / count;
        return new TwoTowerSpeedRow(name, speed, steps, recall, Math.Sqrt(recall * (1 - recall) / count));
    }

    private sealed class StepCounter(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }
}
