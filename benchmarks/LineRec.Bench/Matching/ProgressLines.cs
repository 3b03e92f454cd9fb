using System.Globalization;
using LineRec.Training;
using Spectre.Console;

namespace LineRec.Bench.Matching;

/// <summary>Writes progress as lines on the thread that reports it, at most one in ten of a training.</summary>
internal sealed class ProgressLines(string model) : IProgress<TrainingProgress>, IProgress<double>
{
    private double _written;

    public void Report(TrainingProgress value)
    {
        if (double.IsNaN(value.Metric) && value.Epoch % Math.Max(1, value.Epochs / 10) != 0) return;
        string metric = double.IsNaN(value.Metric) ? "" : string.Create(CultureInfo.InvariantCulture, $", validation recall@20 {value.Metric:0.0000}");
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model}: {value.Phase}, epoch {value.Epoch} of {value.Epochs}, loss {value.Loss:0.0000}, {value.ExamplesPerSecond:#,0} samples/s{metric}"));
    }

    public void Report(double value)
    {
        if (value < _written + 0.1) return;
        _written = value;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model}: {value:0 %}"));
    }
}
