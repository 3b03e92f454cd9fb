namespace LineRec.Training;

/// <summary>The fits of one call of <see cref="RankerTrainer.Train"/>.</summary>
internal sealed class RankerFit(
    RankerOptions options, RankingExamples examples, int[] training, int[] heldOut, TimeProvider time, IProgress<TrainingProgress>? progress,
    CheckpointOptions? checkpoints, CancellationToken cancellationToken)
{
    /// <summary>Trains one network of the ensemble; the epoch that is best on the held-out groups is kept.</summary>
    public RankerNetwork Network(RankerScales scales, double baseRate, int member, out IReadOnlyList<RankerEpoch> epochs)
    {
        int seed = options.Seed + (7919 * member); // far apart, so that members of neighbouring seeds don't meet
        var network = new RankerNetwork(scales, options, baseRate, new Random(seed));
        try
        {
            using var module = new RankerModule(network, options, examples, training, seed, () => Metric([network]), checkpoints is null ? "" : Identity(member));
            var data = new ShuffledRows(training.Length, options.BatchSize, seed, place => Length(training[place]));
            var trainer = new Trainer(
                new TrainerOptions
                {
                    Phase = "rank", Epochs = options.Epochs, Seed = null, Progress = progress,
                    Schedule = LearningRateSchedule.Over(data.StepsPerEpoch * options.Epochs, options.WarmUpSteps),
                    Callbacks = [new EarlyStopping(RankerModule.HeldOut) { Patience = options.Patience }],
                    Checkpoints = checkpoints?.Of($"member{member}"),
                },
                time);
            var result = trainer.Fit(module, data, cancellationToken);
            result.ThrowIfStopped(cancellationToken);
            epochs = [.. result.Epochs.Select(e => new RankerEpoch(e.Loss, e.Metrics[RankerModule.HeldOut], e.ExamplesPerSecond))];
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Fits the calibration of an ensemble on the held-out groups.</summary>
    public PlattCalibration Calibrate(IReadOnlyList<RankerNetwork> networks)
    {
        var (_, labels, weights) = HeldOutColumns();
        return PlattCalibration.Fit(RankerModel.Logits(networks, examples, heldOut), labels, weights);
    }

    /// <summary>Measures a finished ranker on the held-out groups.</summary>
    public RankerMetrics Measure(RankerModel model)
    {
        var (offsets, labels, _) = HeldOutColumns();
        return RankerMetrics.Of(model.Probabilities(examples, heldOut), labels, offsets);
    }

    private double Metric(IReadOnlyList<RankerNetwork> networks)
    {
        var (offsets, labels, _) = HeldOutColumns();
        float[] probabilities = [.. RankerModel.Logits(networks, examples, heldOut).Select(PlattCalibration.None.Apply)];
        var metrics = RankerMetrics.Of(probabilities, labels, offsets);
        return options.Loss == RankingLoss.Pointwise || double.IsNaN(metrics.Ndcg) ? -metrics.LogLoss : metrics.Ndcg;
    }

    // Options and data as lines; a checkpoint of others is refused.
    private string Identity(int member)
    {
        var data = new DataDigest().Add<int>(examples.GroupOffsets).Add<int>(examples.ItemRows).Add<float>(examples.Labels).Add<float>(examples.Weights).Add<long>(examples.GroupTimes)
            .Add(examples.User).Add(examples.Cross).Add(examples.ItemFeatures).Add(examples.ItemEmbeddings);
        return string.Join('\n', [$"ranker, network {member}", .. CheckpointIdentity.Lines(options), $"examples = {data}"]);
    }

    private (int[] Offsets, float[] Labels, float[]? Weights) HeldOutColumns()
    {
        var offsets = new int[heldOut.Length + 1];
        for (int i = 0; i < heldOut.Length; i++) offsets[i + 1] = offsets[i] + Length(heldOut[i]);
        var (labels, weights) = (new float[offsets[^1]], examples.Weights is null ? null : new float[offsets[^1]]);
        for (int i = 0; i < heldOut.Length; i++)
        {
            var range = examples.GroupOffsets[heldOut[i]]..examples.GroupOffsets[heldOut[i] + 1];
            examples.Labels.AsSpan(range).CopyTo(labels.AsSpan(offsets[i]));
            examples.Weights?.AsSpan(range).CopyTo(weights.AsSpan(offsets[i]));
        }

        return (offsets, labels, weights);
    }

    private int Length(int group) => examples.GroupOffsets[group + 1] - examples.GroupOffsets[group];
}
