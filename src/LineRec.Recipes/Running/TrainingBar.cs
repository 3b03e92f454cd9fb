using LineRec.Tracking;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>A training's progress as the share that is done, and as metrics of a run.</summary>
internal static class TrainingBar
{
    /// <summary>Joins both.</summary>
    /// <param name="bar">Is told the share.</param>
    /// <param name="run">Is told losses and speeds; null: nobody.</param>
    public static IProgress<TrainingProgress> Of(IProgress<double> bar, IExperimentRun? run)
    {
        var shown = new StepProgress<TrainingProgress>(p => bar.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs));
        return run?.TrackProgress(shown) ?? shown;
    }
}
