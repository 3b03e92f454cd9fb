namespace LineRec.Tracking;

/// <summary>A run as it was kept.</summary>
public sealed record RunRecord
{
    /// <summary>Its id.</summary>
    public required string RunId { get; init; }

    /// <summary>What people call it.</summary>
    public required string RunName { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>What it was started with, by name.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Its tags, by name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>All figures of each metric, by name, in the order of step, time and value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Metric>> Metrics { get; init; } = new Dictionary<string, IReadOnlyList<Metric>>();

    /// <summary>What it read.</summary>
    public IReadOnlyList<DatasetInput> Inputs { get; init; } = [];

    /// <summary>A metric's last figure, as MLflow has it: of the highest step, there the latest time, there the highest value. NaN where there is none.</summary>
    /// <param name="metric">The metric's name.</param>
    public double Last(string metric) => Metrics.TryGetValue(metric, out var points) && points.Count > 0 ? points[^1].Value : double.NaN;

    /// <summary>Orders figures as <see cref="Metrics"/> has them.</summary>
    internal static IReadOnlyList<Metric> Ordered(IEnumerable<Metric> points) => [.. points.OrderBy(p => p.Step).ThenBy(p => p.Timestamp).ThenBy(p => p.Value)];
}
