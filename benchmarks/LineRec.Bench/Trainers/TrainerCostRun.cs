using System.Globalization;
using LineRec.Bench.Datasets;
using LineRec.Bench.Vectors;
using LineRec.Training;
using TorchSharp;

namespace LineRec.Bench.Trainers;

/// <summary>Trains networks by a bare loop and by the trainer, in turns, compares weights and times, and measures what checkpoints cost.</summary>
internal sealed class TrainerCostRun(TrainerCostOptions options)
{
    public void Run()
    {
        double before = Load();
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(options.Threads);
        List<TrainerCostRow> steps = [.. options.Widths.SelectMany(width => options.Batches.Select(batch => Compare(width, batch)))];
        List<CheckpointCostRow> checkpoints = [.. options.Items.Select(items => new CheckpointCost(options).Measure(items))];
        if (options.Json is { } json) new TrainerCostReport { Options = options with { Json = null }, LoadBefore = before, LoadAfter = Load(), Steps = steps, Checkpoints = checkpoints }.Save(json);
    }

    // Processes at work or waiting for a processor, over the last minute.
    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private TrainerCostRow Compare(int width, int batch)
    {
        List<Timing> bare = [], trainer = [];
        for (int round = -1; round < options.Rounds; round++) // one to warm up
        {
            var (first, weights) = Train(width, batch, isBare: round % 2 == 0);
            var (second, others) = Train(width, batch, isBare: round % 2 != 0);
            if (!weights.SequenceEqual(others)) throw new InvalidDataException($"The bare loop and the trainer gave other weights for width {width} and batch {batch}: they didn't do the same work.");
            if (round < 0) continue;
            bare.Add(round % 2 == 0 ? first : second);
            trainer.Add(round % 2 == 0 ? second : first);
        }

        double[] overheads = [.. bare.Zip(trainer, (b, t) => (t.ProcessorSeconds / b.ProcessorSeconds) - 1)];
        var row = new TrainerCostRow(
            width, batch, Step(bare, t => t.ProcessorSeconds), Step(trainer, t => t.ProcessorSeconds), Step(bare, t => t.Seconds), Step(trainer, t => t.Seconds),
            Statistics.Median(overheads), Statistics.Quantile(overheads, 0.25), Statistics.Quantile(overheads, 0.75),
            (trainer.Min(t => t.ProcessorSeconds) / bare.Min(t => t.ProcessorSeconds)) - 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"width {width}, batch {batch}: bare {row.BareMicroseconds:0.0} µs of processor time a step ({row.BareWallMicroseconds:0.0} on the wall's clock), trainer {row.TrainerMicroseconds:0.0} ({row.TrainerWallMicroseconds:0.0}), overhead {row.Overhead:P1} ({row.LowOverhead:P1} to {row.HighOverhead:P1}), of the fastest rounds {row.LeastOverhead:P1}"));
        return row;
    }

    private double Step(List<Timing> timings, Func<Timing, double> seconds) => Statistics.Median(timings.Select(seconds)) / options.Steps * 1e6;

    private (Timing Timing, float[] Weights) Train(int width, int batch, bool isBare)
    {
        using var module = new CostModule(width, options.Seed);
        var data = new ShuffledRows(batch * options.Steps, batch, options.Seed);
        var timing = Timing.Of(() =>
        {
            if (isBare) BareLoop.Fit(module, data, epochs: 1);
            else new Trainer(new TrainerOptions { Epochs = 1, Seed = null }).Fit(module, data);
            return batch * options.Steps;
        });
        return (timing, module.Weights);
    }
}
