namespace LineRec.Training;

/// <summary>Ends a training whose validation has got no better for some epochs, and goes back to the best epoch's weights.</summary>
/// <remarks>Holds a copy of the weights in memory while <see cref="RestoreBest"/> is on; checkpoints hold it too.</remarks>
public sealed class EarlyStopping : TrainingCallback
{
    private readonly string _metric;
    private BestMetric? _best;
    private WeightsCopy? _weights;

    /// <summary>Follows a metric.</summary>
    /// <param name="metric">Its name, as <see cref="TrainingModule{TBatch}.Validate"/> gives it.</param>
    public EarlyStopping(string metric)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        _metric = metric;
    }

    /// <summary>Which way the metric is better.</summary>
    public MetricDirection Direction { get; init; }

    /// <summary>After how many epochs without a better figure the training ends. 1 or more.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>By how much a figure must be better to count. 0 or more.</summary>
    public double LeastChange { get; init; }

    /// <summary>Whether the trained module has the best epoch's weights; else the last one's.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <inheritdoc/>
    public override void FitStarted(TrainingRun run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        if (!(LeastChange >= 0)) throw new ArgumentException($"EarlyStopping.LeastChange is {LeastChange}; it must be 0 or more.");
        _best = new BestMetric(_metric, Direction, LeastChange);
        _weights = RestoreBest ? run.CopyWeights() : null;
    }

    /// <inheritdoc/>
    public override void EpochEnded(TrainingRun run)
    {
        var epoch = run.History[^1];
        if (_best!.Improves(epoch)) _weights?.Update();
        else if (epoch.Number - _best.Epoch >= Patience) run.Stop();
    }

    /// <inheritdoc/>
    public override void FitEnded(TrainingRun run)
    {
        if (_best!.Epoch > 0) _weights?.Restore();
    }

    /// <inheritdoc/>
    public override void Exchange(TrainingState state)
    {
        _best!.Exchange(state);
        if (_weights is not null) state.Part("weights", _weights.Exchange);
    }
}
