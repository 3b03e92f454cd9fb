using System.Globalization;

namespace LineRec.Tracking;

/// <summary>Runs beside each other: which is best, why, and in what they differ.</summary>
/// <remarks>Immutable.</remarks>
public sealed class RunsComparison
{
    private const int MostDifferences = 8;

    /// <summary>Compares runs.</summary>
    /// <param name="runs">The runs; none is fine too.</param>
    /// <param name="metric">The metric that decides, by its last figure.</param>
    /// <param name="higherIsBetter">Whether a higher figure is better.</param>
    public RunsComparison(IReadOnlyList<RunRecord> runs, string metric, bool higherIsBetter = true)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        double sign = higherIsBetter ? -1 : 1;
        Ranked = [.. runs.OrderBy(r => double.IsNaN(r.Last(metric))).ThenBy(r => sign * r.Last(metric)).ThenBy(r => r.RunId, StringComparer.Ordinal)];
        Best = Ranked.FirstOrDefault(r => !double.IsNaN(r.Last(metric)));
        DifferingParams = [.. runs.SelectMany(r => r.Params.Keys).Distinct().Where(key => Differs(runs, key)).Order(StringComparer.Ordinal)];
        Why = Reason(metric, higherIsBetter);
    }

    /// <summary>The runs, the best first; NaN and missing figures last, ties by run id.</summary>
    public IReadOnlyList<RunRecord> Ranked { get; }

    /// <summary>The best run; null where none has the metric.</summary>
    public RunRecord? Best { get; }

    /// <summary>The parameters that haven't the same value in all runs, by name.</summary>
    public IReadOnlyList<string> DifferingParams { get; }

    /// <summary>Why the best run is best, as sentences.</summary>
    public string Why { get; }

    private static bool Differs(IReadOnlyList<RunRecord> runs, string key) => runs.Select(r => r.Params.GetValueOrDefault(key)).Distinct().Count() > 1;

    private string Reason(string metric, bool higherIsBetter)
    {
        if (Best is null) return $"No run has a figure of '{metric}', so none is best.";
        var measured = Ranked.Where(r => !double.IsNaN(r.Last(metric))).ToList();
        double best = Best.Last(metric);
        List<string> reason = [$"'{Best.RunName}' has the {(higherIsBetter ? "highest" : "lowest")} last figure of '{metric}', {Number(best)}, of {Count(measured.Count)} that {(measured.Count == 1 ? "has" : "have")} one."];
        double peak = Best.Metrics[metric].Select(m => m.Value).Where(v => !double.IsNaN(v)).Aggregate(best, higherIsBetter ? Math.Max : Math.Min);
        if (peak != best) reason.Add($"It was at {Number(peak)} before: its last steps made it worse.");
        if (measured.Count > 1)
        {
            var next = measured[1];
            double gap = Math.Abs(best - next.Last(metric));
            string share = next.Last(metric) == 0 || !double.IsFinite(gap) ? "" : $", {(gap / Math.Abs(next.Last(metric))).ToString("P1", CultureInfo.InvariantCulture)} of it";
            reason.Add(gap == 0 ? $"'{next.RunName}' has the same; the order of their ids decides." : $"The next, '{next.RunName}', is {Number(gap)} behind{share}.");
            string[] differing = [.. DifferingParams.Where(key => Differs([Best, next], key))];
            reason.Add(differing.Length == 0
                ? "Both have the same parameters: the difference is chance, data or code."
                : $"It differs from the next in {string.Join(", ", differing.Take(MostDifferences).Select(key => $"{key} ({Value(Best, key)}, next {Value(next, key)})"))}{(differing.Length > MostDifferences ? " and more" : "")}.");
            reason.Add("A run is one try: repeat close ones with other seeds before trusting the order.");
        }

        if (measured.Count < Ranked.Count) reason.Add($"{Count(Ranked.Count - measured.Count)} without a figure of it can't be compared.");
        return string.Join(' ', reason);
    }

    internal static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";

    private static string Value(RunRecord run, string key) => run.Params.GetValueOrDefault(key) ?? "not set";
}
