using LineRec.Tracking;

namespace LineRec.Training;

/// <summary>
/// Logs a training to a run: the progress as <see cref="TrainingTrackingExtensions.TrackProgress"/> does, and after each epoch "PHASE/epoch/loss", each metric of validation as "PHASE/epoch/METRIC", and
/// "PHASE/epoch/data_share", the share of time spent waiting for data. The step of these is the epoch.
/// </summary>
/// <param name="experiment">The run; its caller ends it.</param>
/// <remarks>A training that goes on after a crash logs on to a run of its own, or to the same one opened again; steps that it repeats are logged again.</remarks>
public sealed class TrackingCallback(IExperimentRun experiment) : TrainingCallback
{
    private readonly TrackedProgress _progress = new(experiment, also: null);

    /// <inheritdoc/>
    public override void StepEnded(TrainingRun run) => _progress.Report(run.Progress!);

    /// <inheritdoc/>
    public override void EpochEnded(TrainingRun run)
    {
        var epoch = run.History[^1];
        Log("loss", epoch.Loss);
        Log("data_share", run.Times.DataShare);
        foreach (var (name, value) in epoch.Metrics) Log(name, value);

        void Log(string name, double value) => experiment.LogMetric($"{run.Phase}/epoch/{name}", value, epoch.Number);
    }
}
