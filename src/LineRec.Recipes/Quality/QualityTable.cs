using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Evaluations as lines for people.</summary>
internal static class QualityTable
{
    /// <summary>A line a system, and a line for each difference of a metric.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="metric">The metric whose differences are shown.</param>
    public static IEnumerable<string> Lines(EvaluationReport report, string metric)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"task {report.Task}: {report.Cases} cases of {report.Units} users");
        foreach (var row in report.Quality)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.System,-22} Recall@{report.K} {Text(row.Recall)}  NDCG@{report.K} {Text(row.Ndcg)}  HitRate@{report.K} {Text(row.HitRate)}  MRR {Text(row.Mrr)}  coverage {row.Coverage:0.000}");
        }

        foreach (var pair in report.Paired.Where(p => p.Metric == metric))
            yield return string.Create(CultureInfo.InvariantCulture, $"  ranked - {pair.Versus,-13} {pair.Metric} {pair.Difference:+0.0000;-0.0000} ({pair.Low:+0.0000;-0.0000} to {pair.High:+0.0000;-0.0000})");
    }

    private static string Text(ConfidenceInterval value) => string.Create(CultureInfo.InvariantCulture, $"{value.Value:0.0000} ({value.Low:0.0000}-{value.High:0.0000})");
}
