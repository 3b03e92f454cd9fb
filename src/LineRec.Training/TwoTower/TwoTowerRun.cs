using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The fits of one call of <see cref="TwoTowerTrainer.Train"/>, and what they share.</summary>
/// <param name="options">How to train.</param>
/// <param name="log">All events, as they were given.</param>
/// <param name="inputs">What is known of the items.</param>
/// <param name="start">An earlier model's weights; null without.</param>
/// <param name="time">The clock of speeds and of the time limit.</param>
/// <param name="progress">Is told after each step.</param>
/// <param name="checkpoints">Where each fit keeps checkpoints, in a folder of its name; null: nowhere.</param>
/// <param name="cancellationToken">Ends a fit with an exception.</param>
internal sealed class TwoTowerRun(
    TwoTowerOptions options, InteractionTable log, ItemInputs inputs, TwoTowerStart? start, TimeProvider time, IProgress<TrainingProgress>? progress,
    CheckpointOptions? checkpoints, CancellationToken cancellationToken)
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
        var network = Begin();
        try
        {
            int[] popularity = CountPositives(to);
            float[][] scales = [.. options.PopularityExponents.Select(e => Popularity.Scales(popularity, e))];
            if (start is not null && recall is not null) RecallBefore = Measure(network, recall, scales).Recall;
            using var module = Module(phase, network, examples, to, recall is null ? null : () => Measure(network, recall, scales));
            var data = new ShuffledRows(examples.Count, options.BatchSize, options.Seed, e => examples.Offsets[e + 1] - examples.Offsets[e]);
            var trainer = new Trainer(
                new TrainerOptions
                {
                    Phase = phase, Epochs = epochCount, Seed = null, Progress = progress,
                    Schedule = LearningRateSchedule.Over(data.StepsPerEpoch * options.Epochs, options.WarmUpSteps),
                    TimeLimit = options.TimeLimit is { } limit ? TimeSpan.FromTicks(Math.Max(0, (limit - Elapsed).Ticks)) : null,
                    Callbacks = recall is null ? [] : [new EarlyStopping(TwoTowerModule.Recall) { Patience = options.Patience }],
                    Checkpoints = checkpoints?.Of(phase),
                },
                time);
            var result = trainer.Fit(module, data, cancellationToken);
            result.ThrowIfStopped(cancellationToken);
            TimedOut |= result.End == TrainingEnd.TimeLimit;
            epochs =
            [
                .. result.Epochs.Select(e => new TwoTowerEpoch(
                    e.Loss, e.Metrics.GetValueOrDefault(TwoTowerModule.Recall, double.NaN), e.Metrics.GetValueOrDefault(TwoTowerModule.Exponent, double.NaN), e.ExamplesPerSecond)),
            ];
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

    private TwoTowerModule Module(string phase, TwoTowerNetwork network, TwoTowerExamples examples, long to, Func<(double Recall, double Exponent)>? validate)
    {
        var random = new ResumableRandom(options.Seed, stream: -1); // the order of examples has the streams from 0
        int[] trained = Trained(examples, to);
        var sampler = new NegativeSampler(trained, random);
        var batch = new TwoTowerBatch(_events, options, examples, sampler, inputs.Count);
        var shown = PassedOver(to) is { } passedOver ? new ImpressionNegatives(passedOver, random) : null;
        var miner = batch.Own is null || shown is not null ? null : new HardNegativeMiner(options.HardNegatives!, trained, options.HistoryPooling.Last, new ChosenItems(_events, to), random);
        return new TwoTowerModule(network, examples, batch, sampler, random, shown, miner, validate, checkpoints is null ? "" : Identity(phase));
    }

    // Options and data as lines; a checkpoint of others is refused.
    private string Identity(string phase)
    {
        var data = new DataDigest().Add<int>(log.Offsets).Add<int>(log.Rows).Add<EventType>(log.Types).Add<long>(log.Times).Add<int>(inputs.CategoryRows).Add(inputs.Features);
        foreach (string id in inputs.Catalog.Ids) data.Add(id);
        IEnumerable<string> lines = [$"two-tower, {phase}", .. CheckpointIdentity.Lines(options, nameof(TwoTowerOptions.TimeLimit)), $"events, catalog and item features = {data}"];
        return string.Join('\n', start is null ? lines : lines.Append($"earlier model = until {start.Until}, {new DataDigest().Add<float>(start.State.Weights.Items)}"));
    }

    private (double Recall, double Exponent) Measure(TwoTowerNetwork network, ValidationRecall recall, float[][] scales)
    {
        using var scope = NewDisposeScope();
        double[] measured = recall.Measure(recall.EncodeUsers(network), EncodeAll(network), scales);
        int best = Enumerable.Range(0, measured.Length).MaxBy(way => measured[way]);
        return (measured[best], options.PopularityExponents[best]);
    }
}
