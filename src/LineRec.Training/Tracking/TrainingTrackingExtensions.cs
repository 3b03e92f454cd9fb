using LineRec.Tracking;

namespace LineRec.Training;

/// <summary>Tracks trainings.</summary>
public static class TrainingTrackingExtensions
{
    /// <summary>
    /// A training's progress as metrics of a run, without waiting for them: "PHASE/loss" and "PHASE/examples_per_second" (about a hundred points an epoch), and "PHASE/metric" when there is a
    /// new validation figure. The step counts through all epochs.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="also">Is told too, before; null: nobody.</param>
    public static IProgress<TrainingProgress> TrackProgress(this IExperimentRun run, IProgress<TrainingProgress>? also = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new TrackedProgress(run, also);
    }

    /// <summary>Logs options as parameters: one a property, "Outer.Inner" for options within options; long lists are cut.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">Options such as <see cref="TwoTowerOptions"/> or <see cref="RankerOptions"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">It couldn't be logged.</exception>
    public static Task LogOptionsAsync(this IExperimentRun run, object options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        return run.LogParamsAsync(OptionParams.Of(options), cancellationToken);
    }

    /// <summary>
    /// Trains a two-tower model and tracks it: the options as parameters, the progress and each epoch's loss and recall as curves ("epoch/loss", "epoch/recall"), the chosen epoch and its recall at the end.
    /// The caller ends the run.
    /// </summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="run">The run.</param>
    /// <param name="events">As for <see cref="TwoTowerTrainer.Train"/>.</param>
    /// <param name="catalog">The items.</param>
    /// <param name="itemFeatures">Dense features of all items; optional.</param>
    /// <param name="progress">Is told too, after each step.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <returns>The model, trained on the calling thread.</returns>
    /// <exception cref="TrackingException">The options couldn't be logged, before any training. What fails later is thrown by the run's end, not here.</exception>
    public static Task<TwoTowerModel> TrainTrackedAsync(
        this TwoTowerTrainer trainer, IExperimentRun run, InteractionTable events, Catalog catalog, NpyMatrix<float>? itemFeatures = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return TrackAsync(trainer, run, () => trainer.Train(events, catalog, itemFeatures, run.TrackProgress(progress), cancellationToken), cancellationToken);
    }

    /// <summary>Trains on from an earlier model and tracks it, as <see cref="TrainTrackedAsync"/> does, with "recall_before" where the earlier model was measured. The caller ends the run.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="run">The run.</param>
    /// <param name="earlier">As for <see cref="TwoTowerTrainer.Continue"/>.</param>
    /// <param name="events">The events that the model may know.</param>
    /// <param name="catalog">Today's items.</param>
    /// <param name="itemFeatures">Dense features of all items; optional.</param>
    /// <param name="progress">Is told too, after each step.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <returns>The model, trained on the calling thread.</returns>
    /// <exception cref="TrackingException">The options couldn't be logged, before any training. What fails later is thrown by the run's end, not here.</exception>
    public static Task<TwoTowerModel> ContinueTrackedAsync(
        this TwoTowerTrainer trainer, IExperimentRun run, TwoTowerState earlier, InteractionTable events, Catalog catalog, NpyMatrix<float>? itemFeatures = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return TrackAsync(trainer, run, () => trainer.Continue(earlier, events, catalog, itemFeatures, run.TrackProgress(progress), cancellationToken), cancellationToken);
    }

    private static async Task<TwoTowerModel> TrackAsync(TwoTowerTrainer trainer, IExperimentRun run, Func<TwoTowerModel> train, CancellationToken cancellationToken)
    {
        await run.LogOptionsAsync(trainer.Options, cancellationToken).ConfigureAwait(false);
        var model = train();
        var report = model.Report;
        for (int epoch = 0; epoch < report.Epochs.Count; epoch++)
        {
            run.LogMetric("epoch/loss", report.Epochs[epoch].Loss, epoch + 1);
            if (!double.IsNaN(report.Epochs[epoch].Recall)) run.LogMetric("epoch/recall", report.Epochs[epoch].Recall, epoch + 1);
        }

        run.LogMetric("best_epoch", report.BestEpoch);
        run.LogMetric("popularity_exponent", report.PopularityExponent);
        run.LogMetric("examples", report.Examples);
        run.LogMetric("seconds", report.Elapsed.TotalSeconds);
        if (!double.IsNaN(report.ValidationRecall)) run.LogMetric("validation_recall", report.ValidationRecall);
        if (report.Continuation is { } continuation && !double.IsNaN(continuation.RecallBefore)) run.LogMetric("recall_before", continuation.RecallBefore);
        return model;
    }
}
