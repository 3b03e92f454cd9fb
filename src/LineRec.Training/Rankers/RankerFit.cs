using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The fits of one call of <see cref="RankerTrainer.Train"/>.</summary>
internal sealed class RankerFit(
    RankerOptions options, RankingExamples examples, int[] training, int[] heldOut, TimeProvider time, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
{
    /// <summary>Trains one network of the ensemble; the epoch that is best on the held-out groups is kept.</summary>
    public RankerNetwork Network(RankerScales scales, double baseRate, int member, out IReadOnlyList<RankerEpoch> epochs)
    {
        int seed = options.Seed + (7919 * member); // far apart, so that members of neighbouring seeds don't meet
        var random = new Random(seed);
        using var noise = new Generator((ulong)(uint)seed);
        var network = new RankerNetwork(scales, options, baseRate, random);
        var optimizer = new DenseAdam(network.Parameters, options.WeightDecay);
        int[] order = [.. training];
        int steps = Math.Max(1, (int)Math.Ceiling(training.Sum(g => (double)Length(g)) / options.BatchSize));
        var schedule = new LearningRateSchedule(options.LearningRate, Math.Min(options.WarmUpSteps, steps * options.Epochs / 10), steps * options.Epochs);
        var done = new List<RankerEpoch>();
        float[][]? best = null;
        double bestMetric = double.NegativeInfinity;
        for (int epoch = 0, sinceBest = 0; epoch < options.Epochs && sinceBest < options.Patience; epoch++)
        {
            random.Shuffle(order);
            double loss = Epoch(network, optimizer, noise, order, schedule, epoch, steps, done.Count > 0 ? done[^1].Metric : double.NaN, out double speed);
            double metric = Metric([network]);
            done.Add(new RankerEpoch(loss, metric, speed));
            sinceBest++;
            if (best is not null && !(metric > bestMetric)) continue;
            (bestMetric, sinceBest) = (metric, 0);
            best = [.. network.Parameters.Select(p => p.ToFloats())];
        }

        foreach (var (parameter, values) in network.Parameters.Zip(best!)) values.CopyTo(parameter.Floats());
        epochs = done;
        return network;
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

    private double Epoch(
        RankerNetwork network, DenseAdam optimizer, Generator noise, int[] order, LearningRateSchedule schedule, int epoch, int steps, double metric, out double speed)
    {
        long started = time.GetTimestamp();
        double loss = 0;
        int seen = 0;
        speed = 0;
        for (int next = 0, step = 0; next < order.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int first = next;
            for (int taken = 0; next < order.Length && (taken == 0 || taken + Length(order[next]) <= options.BatchSize); next++) taken += Length(order[next]);
            var batch = new RankerBatch(examples, order.AsSpan(first..next));
            var value = RankerLoss.Of(options.Loss, network.Forward(batch, noise), batch);
            optimizer.ZeroGradients();
            value.backward();
            optimizer.Step(schedule.At((epoch * steps) + step));
            loss += value.item<float>() * batch.Count;
            seen += batch.Count;
            speed = seen / Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);
            progress?.Report(new TrainingProgress("rank", epoch + 1, options.Epochs, step + 1, Math.Max(steps, step + 1), loss / seen, speed, metric));
        }

        return loss / seen;
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
