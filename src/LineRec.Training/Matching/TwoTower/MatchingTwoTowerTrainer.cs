namespace LineRec.Training;

/// <summary>
/// Trains towers on a part of each user's items, chooses epochs, popularity powers and weights on the rest, then trains anew on all items with these.
/// </summary>
/// <remarks>Not thread-safe. The result is the same for any number of threads, unless <see cref="MatchingTwoTowerOptions.TimeLimit"/> cut it.</remarks>
/// <param name="options">How.</param>
/// <param name="time">Measures speed.</param>
public sealed class MatchingTwoTowerTrainer(MatchingTwoTowerOptions options, TimeProvider time)
{
    private readonly Workers _workers = new(options.Threads);
    private long _samples;
    private TimeSpan _training;

    /// <summary>Trains.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="progress">Is told after each epoch.</param>
    /// <param name="cancellation">Ends the training between two steps.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or there is nothing to train on.</exception>
    public MatchingTwoTowerResult Train(InteractionMatrix train, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        (_samples, _training) = (0, TimeSpan.Zero);
        var (part, validation) = train.HoldOut(options.ValidationShare, options.Seed);
        if (validation.Count == 0) throw new ArgumentException("No user has enough items to hold one out for validation.", nameof(train));
        var planned = MatchingTwoTowerPlan.Fit(options, train, _workers, time);
        var chosen = planned.Select(tower => Choose(tower, part, validation, progress, cancellation)).ToList();
        var validated = ChooseScales([.. chosen.Select(c => c.Model)], part, validation);
        var final = chosen.Zip(validated.Towers, (c, v) => Retrain(c.Report, v.PopularityPower, train, progress, cancellation)).ToList();
        return new MatchingTwoTowerResult
        {
            Model = new MatchingTwoTowerModel(final, validated.Weights),
            FinalTrain = train,
            ValidationModel = validated,
            ValidationTrain = part,
            Validation = validation,
            ValidationMetrics = Measure(validated, part, validation),
            Towers = [.. chosen.Select(c => c.Report)],
            SamplesPerSecond = _samples / _training.TotalSeconds,
        };
    }

    private MatchingMetrics Measure(IMatchingModel model, InteractionMatrix part, InteractionMatrix validation) =>
        MatchingMetrics.Evaluate(model, part, validation, 20, options.Threads, options.MaxValidationUsers);

    // The whole schedule, whose rate ends at 0, unless an earlier checkpoint is better beyond noise.
    private (MatchingTowerModel Model, MatchingTowerReport Report) Choose(MatchingTowerOptions tower, InteractionMatrix part, InteractionMatrix validation, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var training = new MatchingTowerTraining(part, tower, _workers);
        int interval = Math.Max(1, tower.Epochs / options.Checkpoints);
        var best = (Model: default(MatchingTowerModel), Epoch: 0, Recall: double.NegativeInfinity);
        int behind = 0;
        for (int epoch = 1; epoch <= tower.Epochs; epoch++)
        {
            double loss = RunEpoch(training, part, cancellation), recall = double.NaN;
            bool last = epoch == tower.Epochs;
            if (last || (epoch % interval == 0 && tower.Epochs - epoch >= interval))
            {
                var model = training.Model(tower.PopularityPower);
                recall = Measure(model, part, validation).Recall;
                bool worse = recall * (1 + CoordinateSearch.LeastGain) < best.Recall;
                behind = worse ? behind + 1 : 0;
                if (recall > best.Recall || (last && !worse)) best = (model, epoch, recall);
            }

            Report(progress, "validate", epoch, tower.Epochs, training, loss, recall);
            if (behind >= options.Patience) break;
        }

        return (best.Model!, new MatchingTowerReport(tower, best.Epoch, best.Recall));
    }

    private MatchingTwoTowerModel ChooseScales(MatchingTowerModel[] towers, InteractionMatrix part, InteractionMatrix validation)
    {
        double[] weights = [.. options.Weights], fixedWeight = [1];
        double[][] axes = [.. towers.Select(t => options.PowersFor(t)), .. towers.Select((_, i) => i == 0 ? fixedWeight : weights)];
        int[] start = [.. towers.Select((t, i) => Array.IndexOf(axes[i], t.PopularityPower)), .. towers.Select((_, i) => i == 0 ? 0 : Math.Max(0, Array.IndexOf(weights, 1)))];
        MatchingTwoTowerModel Model(double[] point) =>
            new([.. towers.Select((t, i) => t.WithPopularityPower(point[i], part))], point[towers.Length..]);
        return Model(CoordinateSearch.Find(axes, start, point => Measure(Model(point), part, validation).Recall));
    }

    private MatchingTowerModel Retrain(MatchingTowerReport report, double power, InteractionMatrix train, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var training = new MatchingTowerTraining(train, report.Options, _workers);
        for (int epoch = 1; epoch <= report.Epochs; epoch++)
            Report(progress, "retrain", epoch, report.Epochs, training, RunEpoch(training, train, cancellation), double.NaN);
        return training.Model(power);
    }

    private double RunEpoch(MatchingTowerTraining training, InteractionMatrix matrix, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        double loss = training.RunEpoch(cancellation);
        _training += time.GetElapsedTime(start);
        _samples += matrix.Count;
        return loss;
    }

    private void Report(IProgress<TrainingProgress>? progress, string phase, int epoch, int epochs, MatchingTowerTraining training, double loss, double recall) =>
        progress?.Report(new TrainingProgress(phase, epoch, epochs, training.StepsPerEpoch, training.StepsPerEpoch, loss, _samples / _training.TotalSeconds, recall));
}
