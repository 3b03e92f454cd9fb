using LineRec.Tracking;

namespace LineRec.Recipes;

/// <summary>What a sweep makes as good as it can.</summary>
internal interface ISweepObjective
{
    /// <summary>What is measured, as runs name it. Higher is better.</summary>
    string Metric { get; }

    /// <summary>Trains with some settings and measures on what training didn't see. Equal settings give equal figures.</summary>
    /// <param name="settings">The settings, epochs included.</param>
    /// <param name="run">Is told of the training; null: nobody.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="checkpoints">From which it goes on when the sweep was killed; null: it begins anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The figure; NaN where nothing could be measured.</returns>
    double Measure(RecipeSettings settings, IExperimentRun? run, IProgress<double> progress, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken);
}
