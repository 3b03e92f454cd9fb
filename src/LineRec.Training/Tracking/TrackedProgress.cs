using LineRec.Tracking;

namespace LineRec.Training;

/// <summary>Logs a training's progress as metrics: "PHASE/loss", "PHASE/examples_per_second", and "PHASE/metric" when there is a new one; the step counts through all epochs.</summary>
internal sealed class TrackedProgress(IExperimentRun run, IProgress<TrainingProgress>? also) : IProgress<TrainingProgress>
{
    private const int PointsPerEpoch = 100;
    private (string Phase, double Metric) _newest;

    public void Report(TrainingProgress value)
    {
        also?.Report(value);
        long step = ((value.Epoch - 1L) * value.Steps) + value.Step;
        if (value.Step == value.Steps || value.Step % Math.Max(1, value.Steps / PointsPerEpoch) == 0)
        {
            run.LogMetric($"{value.Phase}/loss", value.Loss, step);
            run.LogMetric($"{value.Phase}/examples_per_second", value.ExamplesPerSecond, step);
        }

        if (double.IsNaN(value.Metric) || _newest == (value.Phase, value.Metric)) return;
        _newest = (value.Phase, value.Metric);
        run.LogMetric($"{value.Phase}/metric", value.Metric, step);
    }
}
