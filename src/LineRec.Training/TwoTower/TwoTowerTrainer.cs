namespace LineRec.Training;

/// <summary>
/// Trains a two-tower model on a log: the user tower over the history pooled on the item table that it shares with the item tower, unless
/// <see cref="TwoTowerOptions.HistoryPooling"/> names another.
/// </summary>
/// <remarks>
/// <para>An example is a moment of a user with the events strictly before it. The loss is by default a sampled softmax over cosines, with
/// the positives of the batch and evenly drawn items as negatives, corrected for how often each is drawn (Yi et al. 2019, Yang et al.
/// 2020), and false negatives left out. The number of epochs and the popularity exponent are chosen on the last part of the time.</para>
/// <para>Thread-safe, though Torch uses all processors for one training already. The same seed, data, processor type and number of
/// threads give the same model.</para>
/// </remarks>
public sealed class TwoTowerTrainer
{
    private const long MostValidationScores = 500_000_000;
    private const int FewestValidationExamples = 200;
    private readonly TwoTowerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="time">The clock of speeds and of the time limit; the system's by default.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public TwoTowerTrainer(TwoTowerOptions options, TimeProvider? time = null)
    {
        options.Validate();
        (_options, _time) = (options, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Where checkpoints are kept, from which the same call goes on after a crash; null: nowhere. Both fits have a folder of their own in it, "validate" and "retrain". A call that was cancelled or stopped by
    /// SIGTERM throws after it has written one.
    /// </summary>
    public CheckpointOptions? Checkpoints { get; init; }

    internal TwoTowerOptions Options => _options;

    /// <summary>Trains a model.</summary>
    /// <param name="events">The events before the split that the model may know; rows are those of the catalog.</param>
    /// <param name="catalog">The items.</param>
    /// <param name="itemFeatures">Dense features of all items [items, width], as the feature encoder's item block gives them; optional.</param>
    /// <param name="progress">Is told after each step, on the calling thread's context.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <exception cref="ArgumentException">The events don't fit the catalog, or hold nothing to learn from.</exception>
    /// <exception cref="InvalidDataException">The checkpoints are those of another training, or all damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or stopped by SIGTERM.</exception>
    public TwoTowerModel Train(InteractionTable events, Catalog catalog, NpyMatrix<float>? itemFeatures = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(null, events, catalog, itemFeatures, progress, cancellationToken);

    /// <summary>
    /// Trains on from an earlier model. Items are matched by id and categories by name: known ones start from what was learnt, new items from
    /// the mean of their category's (see <see cref="TwoTowerState"/>). Validation only looks at what came after the earlier model's last event.
    /// Without anything to learn the earlier model is put on today's catalog.
    /// </summary>
    /// <param name="earlier">The earlier model: <see cref="TwoTowerModel.State"/>, or <see cref="TwoTowerState.Open"/>.</param>
    /// <param name="events">The events that the model may know, with as much of their past as histories shall reach back; rows are those of the catalog.
    /// All moments among them are examples, or those after <see cref="TwoTowerOptions.ExamplesAfter"/>.</param>
    /// <param name="catalog">Today's items.</param>
    /// <param name="itemFeatures">Dense features of all items, the same columns as then; they are standardised as then.</param>
    /// <param name="progress">Is told after each step, on the calling thread's context.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <exception cref="ArgumentException">The events don't fit the catalog, or the earlier towers are of another shape than the options and features say; the message names all that differs.</exception>
    /// <exception cref="InvalidDataException">The checkpoints are those of another training, or all damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or stopped by SIGTERM.</exception>
    public TwoTowerModel Continue(
        TwoTowerState earlier, InteractionTable events, Catalog catalog, NpyMatrix<float>? itemFeatures = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(earlier, events, catalog, itemFeatures, progress, cancellationToken);

    private TwoTowerModel Fit(TwoTowerState? earlier, InteractionTable events, Catalog catalog, NpyMatrix<float>? itemFeatures, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        RequireRows(events, catalog);
        RequireImpressions(events);
        var start = earlier is null ? null : new TwoTowerStart(earlier, catalog, itemFeatures, _options);
        var inputs = new ItemInputs(catalog, itemFeatures, _options, earlier?.Document.FeatureScale);
        var run = new TwoTowerRun(_options, events, inputs, start, _time, progress, Checkpoints, cancellationToken);
        events = run.Events;
        long from = _options.ExamplesAfter is { } after ? after.ToUnixTimeMilliseconds() + 1 : long.MinValue, cutoff = ValidationStart(events, from, start);
        var validation = TwoTowerExamples.Find(events, _options, cutoff, long.MaxValue).Sample(ValidationExamples(catalog.Count), _options.Seed);
        var training = run.Examples(from, cutoff);
        bool canValidate = validation.Count > 0 && training.Count > 0;
        var all = canValidate && !_options.RetrainOnAll ? training : run.Examples(from, long.MaxValue);
        if (all.Count == 0 && start is null) throw new ArgumentException(Nothing(run, from), nameof(events));

        if (!canValidate) // none wanted, or too little for a split: all the epochs, on everything
        {
            double exponent = earlier?.Document.PopularityExponent ?? _options.PopularityExponents[0];
            IReadOnlyList<TwoTowerEpoch> epochs = [];
            var network = all.Count == 0 ? run.Begin() : run.Fit("retrain", all, long.MaxValue, _options.Epochs, null, out epochs);
            return Finish(run, network, all, long.MaxValue, new TwoTowerReport
            {
                Epochs = epochs, BestEpoch = epochs.Count, PopularityExponent = exponent, ValidationRecall = double.NaN,
                Examples = all.Count, Positives = all.Items.Length, Parameters = network.ParameterCount, ValidationExamples = 0, Elapsed = run.Elapsed, TimedOut = run.TimedOut,
            });
        }

        var recall = new ValidationRecall(events, _options, validation);
        var fitted = run.Fit("validate", training, cutoff, _options.Epochs, recall, out var measured);
        int best = 1 + Enumerable.Range(0, measured.Count).MaxBy(e => measured[e].Recall);
        var (chosen, figure) = (measured[best - 1].PopularityExponent, measured[best - 1].Recall);
        IReadOnlyList<TwoTowerEpoch> retrained = [];
        if (_options.RetrainOnAll && !run.TimedOut)
        {
            fitted.Dispose();
            fitted = run.Fit("retrain", all, cutoff = long.MaxValue, best, null, out retrained);
        }

        var last = cutoff == long.MaxValue ? all : training;
        return Finish(run, fitted, last, cutoff, new TwoTowerReport
        {
            Epochs = measured, RetrainEpochs = retrained, BestEpoch = best, PopularityExponent = chosen, ValidationRecall = figure,
            Examples = last.Count, Positives = last.Items.Length, Parameters = fitted.ParameterCount, ValidationExamples = validation.Count, Elapsed = run.Elapsed, TimedOut = run.TimedOut,
        });
    }

    private static void RequireRows(InteractionTable events, Catalog catalog)
    {
        if (catalog.Count == 0) throw new ArgumentException("The catalog has no items; there is nothing to recommend.", nameof(catalog));
        for (int i = 0; i < events.Count; i++)
        {
            if ((uint)events.Rows[i] >= (uint)catalog.Count)
                throw new ArgumentException($"Event {i} is on catalog row {events.Rows[i]}, but the catalog has {catalog.Count} items; read the events against the same catalog.", nameof(events));
        }
    }

    private void RequireImpressions(InteractionTable events)
    {
        if (_options.ImpressionNegatives is not null && !events.Types.Contains(EventType.Impression))
            throw new ArgumentException($"TwoTowerOptions.ImpressionNegatives is set, but none of the {events.Count} events is an impression. Give the log with its impressions (EventType.Impression), or leave the option null.", nameof(events));
    }

    private string Nothing(TwoTowerRun run, long from)
    {
        var events = run.Events;
        if (events.Count == 0) return "There are no events, so there is nothing to learn from.";
        int examples = TwoTowerExamples.Find(events, _options, from, long.MaxValue).Count;
        if (examples > 0) return $"None of the {examples} examples has an item that was shown to its user within {_options.ImpressionNegatives!.Within} before it and never chosen. Raise ImpressionNegatives.Within, or leave ImpressionNegatives.Only off.";
        return $"None of the {events.Count} events of {events.UserCount} users is a positive with a pooled event of the same user before it. Check TwoTowerOptions.PositiveWeights and HistoryPooling.TypeWeights against the events' types, ExamplesAfter against their times, and that users have more than one moment.";
    }

    // Each is compared with all items after each epoch; a large catalog gets fewer, so that this stays a matter of seconds.
    private int ValidationExamples(int items) => Math.Min(_options.MaxValidationExamples, Math.Max(FewestValidationExamples, (int)(MostValidationScores / items)));

    // The time after which the last ValidationShare of the positives come. An earlier model has learnt from what came before its end, so that isn't fit to measure it.
    private long ValidationStart(InteractionTable events, long from, TwoTowerStart? start)
    {
        long[] times = [.. Enumerable.Range(0, events.Count).Where(i => events.Times[i] >= from && TwoTowerExamples.WeightOf(_options, events.Types[i]) > 0).Select(i => events.Times[i])];
        if (times.Length == 0 || _options.ValidationShare == 0) return long.MaxValue;
        Array.Sort(times);
        return Math.Max(times[(int)(times.Length * (1 - _options.ValidationShare))], start is null ? long.MinValue : start.Until + 1);
    }

    private TwoTowerModel Finish(TwoTowerRun run, TwoTowerNetwork network, TwoTowerExamples examples, long cutoff, TwoTowerReport report)
    {
        run.ForgetUntrained(network, examples, cutoff);
        var model = new TwoTowerModel(_options, network, run.Inputs, run.CountPositives(cutoff), run.LastEvent(cutoff), report);
        model.Report = report with { Elapsed = run.Elapsed, Continuation = run.Start?.Compare(model.ItemVectors, run.RecallBefore) };
        return model;
    }
}
