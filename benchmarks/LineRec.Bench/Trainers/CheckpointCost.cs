using System.Globalization;
using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.Trainers;

/// <summary>Trains a two-tower with checkpoints: steps after which one was written take that much longer than the others.</summary>
internal sealed class CheckpointCost(TrainerCostOptions options)
{
    private const int EventsPerUser = 9; // of which all but the first are examples
    private const int PipelineNegatives = 1024; // as linerec trains

    public CheckpointCostRow Measure(int items)
    {
        var model = new TwoTowerOptions { Epochs = 1, ValidationShare = 0, PopularityExponents = [0], CategoryDimension = 0, UniformNegatives = PipelineNegatives, Seed = options.Seed };
        var log = MadeLog.Make(new TwoTowerSpeedOptions { Items = items, Users = options.TowerSteps * model.BatchSize / (EventsPerUser - 1), Events = EventsPerUser + 1, Seed = options.Seed });
        string folder = Directory.CreateTempSubdirectory("linerec-checkpoints-").FullName;
        try
        {
            var (processor, marks) = (new ProcessorClock(), new List<(long Wall, long Processor)>());
            var progress = new Marks(() => marks.Add((TimeProvider.System.GetTimestamp(), processor.GetTimestamp())));
            using var towers = new TwoTowerTrainer(model) { Checkpoints = new CheckpointOptions(folder) { EverySteps = options.EverySteps } }.Train(log.Events, log.Catalog, null, progress);
            double megabytes = Directory.EnumerateFiles(folder, "last.ckpt", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / 1e6;
            var (step, with) = Medians(marks, (from, to) => TimeProvider.System.GetElapsedTime(from.Wall, to.Wall).TotalMilliseconds);
            var (work, workWith) = Medians(marks, (from, to) => processor.GetElapsedTime(from.Processor, to.Processor).TotalMilliseconds);
            var row = new CheckpointCostRow(items, megabytes, step, with - step, work, workWith - work);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"two-tower of {items:N0} items: a step {step:0.0} ms ({work:0.0} of processor time), a checkpoint of {megabytes:N0} MB {row.CheckpointMilliseconds:N0} ms ({row.CheckpointProcessorMilliseconds:N0}); {string.Join(", ", row.Overhead.Select(o => $"{o.Key} {o.Value:P1}"))}"));
            return row;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // From one step's end to the next one's: without a checkpoint between them, and with one.
    private (double Without, double With) Medians<T>(List<T> marks, Func<T, T, double> between)
    {
        var gaps = Enumerable.Range(1, marks.Count - 1).ToLookup(i => i % options.EverySteps == 0, i => between(marks[i - 1], marks[i]));
        return (Statistics.Median(gaps[false]), Statistics.Median(gaps[true]));
    }

    private sealed class Marks(Action mark) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => mark();
    }
}
