using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The fits of one call of <see cref="TwoTowerTrainer.Train"/>: what they share, and the loop over epochs and steps.</summary>
/// <param name="options">How to train.</param>
/// <param name="log">All events, as they were given.</param>
/// <param name="inputs">What is known of the items.</param>
/// <param name="start">An earlier model's weights; null without.</param>
/// <param name="time">The clock of speeds and of the time limit.</param>
/// <param name="progress">Is told after each step.</param>
/// <param name="cancellationToken">Ends a fit with an exception.</param>
internal sealed class TwoTowerRun(
    TwoTowerOptions options, InteractionTable log, ItemInputs inputs, TwoTowerStart? start, TimeProvider time, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
{
    private const int EncodeRows = 4096;
    private readonly long _started = time.GetTimestamp();

    // Impressions that weigh nothing are no part of a history: an item that was only shown isn't known to the user.
    private readonly InteractionTable _events = options.LeavesImpressionsOut && log.Types.Contains(EventType.Impression) ? log.Without(EventType.Impression) : log;

    /// <summary>What training learns from: the log, without impressions that weigh nothing.</summary>
    public InteractionTable Events => _events;

    public ItemInputs Inputs => inputs;

    public TwoTowerStart? Start => start;

    /// <summary>Recall@20 of the earlier model on validation; NaN without one, or until a fit has measured it.</summary>
    public double RecallBefore { get; private set; } = double.NaN;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Whether the time limit ended a fit.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>A network before its first step: drawn, or with an earlier model's weights.</summary>
    public TwoTowerNetwork Begin()
    {
        var network = new TwoTowerNetwork(options, inputs);
        start?.Apply(network);
        return network;
    }

    /// <summary>How often each item was a positive before a time: since the earlier model's last event, and what that one counted.</summary>
    public int[] CountPositives(long to)
    {
        int[] counts = Popularity.Count(_events, options, inputs.Count, start is null ? long.MinValue : start.Until + 1, to);
        for (int item = 0; start is not null && item < counts.Length; item++) counts[item] += start.Count(item);
        return counts;
    }

    /// <summary>The last event that is known before a time, in milliseconds since 1970; the earlier model's may be later.</summary>
    public long LastEvent(long to)
    {
        long last = start?.Until ?? long.MinValue;
        foreach (long at in _events.Times)
        {
            if (at < to) last = Math.Max(last, at);
        }

        return last;
    }

    /// <summary>The examples within a span of time; where only impressions are negatives, those that have some.</summary>
    public TwoTowerExamples Examples(long from, long to)
    {
        var found = TwoTowerExamples.Find(_events, options, from, to);
        if (options.ImpressionNegatives is not { Only: true } || PassedOver(to) is not { } passedOver) return found;
        return found.Take([.. Enumerable.Range(0, found.Count).Where(e => passedOver.At(found.Users[e], _events.Times[found.HistoryEnds[e]]).Count > 0)]);
    }

    /// <summary>Fits a network.</summary>
    /// <param name="phase">Its name in the progress.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="to">The end of the time that it may know.</param>
    /// <param name="epochCount">After how many epochs it ends; the learning rate falls as if it went on to the options' epochs.</param>
    /// <param name="recall">Measures each epoch; the best one's network is returned. Null: the last one's.</param>
    /// <param name="epochs">Receives what each epoch was like.</param>
    public TwoTowerNetwork Fit(string phase, TwoTowerExamples examples, long to, int epochCount, ValidationRecall? recall, out IReadOnlyList<TwoTowerEpoch> epochs)
    {
        var random = new Random(options.Seed + 1);
        var network = Begin();
        try
        {
            int[] trained = Trained(examples, to);
            var sampler = new NegativeSampler(trained, random);
            var batch = new TwoTowerBatch(_events, options, examples, sampler, inputs.Count);
            var shown = PassedOver(to) is { } passedOver ? new ImpressionNegatives(passedOver, random) : null;
            using var miner = batch.Own is null || shown is not null ? null : new HardNegativeMiner(options.HardNegatives!, trained, options.HistoryPooling.Last, new ChosenItems(_events, to), random);
            void AddOwn()
            {
                shown?.Add(batch);
                miner?.Add(batch, network);
            }

            int[] order = [.. Enumerable.Range(0, examples.Count)];
            int steps = Math.Max(1, (int)Math.Ceiling(examples.Items.Length / (double)options.BatchSize)); // about: batches end at whole examples
            var schedule = new LearningRateSchedule(1, Math.Min(options.WarmUpSteps, steps * options.Epochs / 10), steps * options.Epochs);
            var done = new List<TwoTowerEpoch>();
            int[] popularity = CountPositives(to);
            float[][] scales = [.. options.PopularityExponents.Select(e => Popularity.Scales(popularity, e))];
            if (start is not null && recall is not null) RecallBefore = Measure(network, recall, scales).Recall;
            TwoTowerWeights? best = null;
            double bestRecall = double.NegativeInfinity;
            for (int epoch = 0, sinceBest = 0; epoch < epochCount && sinceBest < options.Patience && !TimedOut; epoch++)
            {
                random.Shuffle(order);
                double loss = Epoch(phase, network, batch, AddOwn, examples, order, schedule, epoch, epochCount, steps, done.Count > 0 ? done[^1].Recall : double.NaN, out double speed);
                var (measured, exponent) = recall is null ? (double.NaN, double.NaN) : Measure(network, recall, scales);
                done.Add(new TwoTowerEpoch(loss, measured, exponent, speed));
                if (recall is null) continue;
                sinceBest++;
                if (measured <= bestRecall) continue;
                (bestRecall, sinceBest) = (measured, 0);
                best = TwoTowerWeights.Of(network);
            }

            best?.Restore(network);
            epochs = done;
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Vectors of length 1 of all items [items, D].</summary>
    public Tensor EncodeAll(TwoTowerNetwork network)
    {
        using var scope = NewDisposeScope();
        List<Tensor> parts = [];
        for (int from = 0; from < inputs.Count; from += EncodeRows)
            parts.Add(network.EncodeItems([.. Enumerable.Range(from, Math.Min(EncodeRows, inputs.Count - from))]));
        return cat([.. parts], 0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Sets the rows of items that training never saw to zero: they would be noise. Such an item's vector is what its category and
    /// features say, and it adds nothing to a history.
    /// </summary>
    public void ForgetUntrained(TwoTowerNetwork network, TwoTowerExamples examples, long to)
    {
        var trained = Trained(examples, to).ToHashSet();
        for (int item = 0; item < inputs.Count; item++)
        {
            if (trained.Contains(item)) continue;
            foreach (var table in network.ItemTables) table[item].Clear();
        }
    }

    // The items that this training or the earlier one learns something of.
    private int[] Trained(TwoTowerExamples examples, long to)
    {
        var trained = Popularity.Trained(_events, options, inputs.Count, to).ToHashSet();
        if (start is not null) trained.UnionWith(Enumerable.Range(0, inputs.Count).Where(start.Trained));
        if (PassedOver(to) is { } passedOver)
        {
            for (int e = 0; e < examples.Count; e++) trained.UnionWith(passedOver.At(examples.Users[e], _events.Times[examples.HistoryEnds[e]]));
        }

        return [.. trained.Order()];
    }

    private PassedOverItems? PassedOver(long to) => options.ImpressionNegatives is { } shown ? new PassedOverItems(log, new ChosenItems(_events, to), shown.Within) : null;

    private double Epoch(
        string phase, TwoTowerNetwork network, TwoTowerBatch batch, Action addOwn, TwoTowerExamples examples, int[] order, LearningRateSchedule schedule,
        int epoch, int epochCount, int steps, double metric, out double speed)
    {
        long started = time.GetTimestamp();
        double loss = 0;
        int positives = 0;
        speed = 0;
        for (int next = 0, step = 0; next < order.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (options.TimeLimit is { } limit && Elapsed > limit)
            {
                TimedOut = true;
                break;
            }

            next = batch.Fill(examples, order, next);
            addOwn();
            loss += network.Step(batch, schedule.At((epoch * steps) + step)) * batch.Positives.Count;
            positives += batch.Positives.Count;
            speed = positives / Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);
            progress?.Report(new TrainingProgress(phase, epoch + 1, epochCount, step + 1, Math.Max(steps, step + 1), loss / positives, speed, metric));
        }

        return positives == 0 ? double.NaN : loss / positives;
    }

    private (double Recall, double Exponent) Measure(TwoTowerNetwork network, ValidationRecall recall, float[][] scales)
    {
        using var scope = NewDisposeScope();
        double[] measured = recall.Measure(recall.EncodeUsers(network), EncodeAll(network), scales);
        int best = Enumerable.Range(0, measured.Length).MaxBy(way => measured[way]);
        return (measured[best], options.PopularityExponents[best]);
    }
}
