namespace LineRec.Training;

/// <summary>Follows a metric: whether the newest epoch is the best so far. A tie is none; NaN is worse than any number.</summary>
internal sealed class BestMetric(string metric, MetricDirection direction, double leastChange = 0)
{
    private double _best = double.NaN;
    private int _epoch; // from 1; 0: none yet

    /// <summary>The best epoch, from 1; 0 before the first.</summary>
    public int Epoch => _epoch;

    /// <summary>Notes an epoch.</summary>
    /// <returns>Whether it is the best so far.</returns>
    /// <exception cref="InvalidOperationException">Validation gives no such metric.</exception>
    public bool Improves(TrainingEpoch epoch)
    {
        if (!epoch.Metrics.TryGetValue(metric, out double value))
        {
            string given = epoch.Metrics.Count == 0 ? "none" : string.Join(", ", epoch.Metrics.Keys);
            throw new InvalidOperationException($"Validation gives no metric '{metric}'; it gives {given}. Let TrainingModule.Validate return it, or name one of those.");
        }

        double gain = direction == MetricDirection.Maximize ? value - _best : _best - value;
        if (_epoch > 0 && !(gain > leastChange) && !(double.IsNaN(_best) && !double.IsNaN(value))) return false;
        (_best, _epoch) = (value, epoch.Number);
        return true;
    }

    public void Exchange(TrainingState state)
    {
        state.Value("best", ref _best);
        state.Value("epoch", ref _epoch);
    }
}
