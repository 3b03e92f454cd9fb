namespace LineRec;

/// <summary>The metrics of several systems over the same bootstrap resamples.</summary>
internal sealed class MetricComparison
{
    private readonly string _task;
    private readonly string[] _systems;
    private readonly string[] _metrics;
    private readonly double[][] _values;
    private readonly double[][] _resampled;

    /// <param name="task">The task.</param>
    /// <param name="systems">The systems' names.</param>
    /// <param name="sums">[system][metric][unit].</param>
    /// <param name="counts">Cases a unit.</param>
    /// <param name="options">Resamples, seed, k.</param>
    public MetricComparison(string task, string[] systems, double[][][] sums, double[] counts, EvaluationOptions options)
    {
        (_task, _systems) = (task, systems);
        _metrics = [$"recall_at_{options.K}", $"ndcg_at_{options.K}", $"hit_rate_at_{options.K}", "mrr"];
        _values = [.. sums.Select(s => s.Select(m => Bootstrap.MeanOf(m, counts)).ToArray())];
        _resampled = Bootstrap.Resample([.. sums.SelectMany(s => s)], counts, options.Resamples, options.Seed);
    }

    public QualityRow Describe(int system) => new(
        _task, _systems[system], Interval(system, 0), Interval(system, 1), Interval(system, 2), Interval(system, 3), double.NaN, double.NaN, double.NaN, 0, 0);

    /// <summary>One system minus each other one.</summary>
    public IReadOnlyList<PairedRow> Pair(int system)
    {
        var rows = new List<PairedRow>();
        for (int other = 0; other < _systems.Length; other++)
        {
            if (other == system) continue;
            for (int metric = 0; metric < _metrics.Length; metric++)
            {
                var difference = Bootstrap.Difference(
                    _values[system][metric], Resampled(system, metric), _values[other][metric], Resampled(other, metric), EvaluationDefaults.ConfidenceLevel);
                rows.Add(new PairedRow(_task, _systems[other], _metrics[metric], difference.Value, difference.Low, difference.High));
            }
        }

        return rows;
    }

    private ConfidenceInterval Interval(int system, int metric) =>
        Bootstrap.Interval(_values[system][metric], Resampled(system, metric), EvaluationDefaults.ConfidenceLevel);

    private double[] Resampled(int system, int metric) => _resampled[(system * _metrics.Length) + metric];
}
