using LineRec.Training;
using Spectre.Console;

namespace LineRec.Samples.Training;

/// <summary>Progress for people: a bar on a terminal, else a line now and then.</summary>
internal static class ProgressView
{
    private const int LinesPerEpoch = 10;

    /// <summary>Runs a training that reports to it.</summary>
    public static TrainingResult Run(IAnsiConsole console, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        if (!console.Profile.Capabilities.Interactive) return train(new Lines(console));
        return console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(view => train(new Bar(view.AddTask("train", maxValue: 1))));
    }

    private static string Describe(TrainingProgress p) => FormattableString.Invariant($"epoch {p.Epoch} of {p.Epochs}, step {p.Step} of {p.Steps}, loss {p.Loss:0.0000}, AUC {p.Metric:0.000}, {p.ExamplesPerSecond:N0} examples/s");

    private sealed class Bar(ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.Description = Describe(value);
            task.Value = (value.Epoch - 1 + ((double)value.Step / value.Steps)) / value.Epochs;
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % Math.Max(1, value.Steps / LinesPerEpoch) == 0) console.WriteLine(Describe(value));
        }
    }
}
