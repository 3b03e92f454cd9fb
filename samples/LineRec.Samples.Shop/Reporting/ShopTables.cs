using System.Globalization;
using LineRec.Recipes;
using LineRec.Samples.Shop.Serving;

namespace LineRec.Samples.Shop.Reporting;

/// <summary>The tables of a run.</summary>
internal static class ShopTables
{
    public static void Quality(RunConsole console, EvaluationReport evaluation)
    {
        console.Table(
            $"Quality, task '{evaluation.Task}': {evaluation.Cases} cases, 95 % intervals over {evaluation.Units} users",
            ["system", $"Recall@{evaluation.K}", $"NDCG@{evaluation.K}", "hit rate", "MRR", "coverage", "novelty", "diversity"],
            evaluation.Quality.Select(q => new[] { q.System, Interval(q.Recall), Interval(q.Ndcg), Figure(q.HitRate.Value), Figure(q.Mrr.Value), Percent(q.Coverage), Figure(q.Novelty, "0.0"), Percent(q.IntraListDiversity) }));
        console.Table(
            $"Where candidates were lost, task '{evaluation.Task}'",
            ["after", "targets still there", "candidates"],
            evaluation.Stages.Select(s => new[] { s.Stage, Percent(s.Recall), Figure(s.Candidates, "0.0") }));
        console.Table(
            $"The pipeline up to its ranker minus others, task '{evaluation.Task}'",
            ["versus", "metric", "difference", "95 % interval"],
            evaluation.Paired.Where(p => p.Metric.StartsWith("recall", StringComparison.Ordinal) || p.Metric.StartsWith("ndcg", StringComparison.Ordinal))
                .Select(p => new[] { p.Versus, p.Metric, Figure(p.Difference, "+0.0000;-0.0000"), $"{Figure(p.Low, "+0.0000;-0.0000")} … {Figure(p.High, "+0.0000;-0.0000")}" }));
    }

    public static void Rankers(RunConsole console, ShopReport report) => console.Table(
        $"Rankers ({report.RankerTraining})",
        ["placement", "examples", "AUC", "log loss", "calibration error"],
        report.Rankers.Select(r => new[] { r.Placement, r.Examples.ToString("N0", CultureInfo.InvariantCulture), Figure(r.Auc), Figure(r.LogLoss), Figure(r.ExpectedCalibrationError) }));

    public static void Latency(RunConsole console, IReadOnlyList<LatencyRow> rows, int requests, int placements) => console.Table(
        $"Latency of {requests:N0} requests over {placements} placements",
        ["stage", "p50", "p99"],
        rows.Select(r => new[] { r.Stage, $"{Figure(r.P50Microseconds / 1000, "0.000")} ms", $"{Figure(r.P99Microseconds / 1000, "0.000")} ms" }));

    public static void Explanation(RunConsole console, Explanation explanation, Catalog catalog)
    {
        console.Table(
            $"One slate explained: placement '{explanation.Slate.Placement}'",
            ["item", "proposed by", "after the ranker", "after each rule", "shown at"],
            explanation.Candidates.Where(c => c.SlatePosition <= 10).Select(c => new[]
            {
                Title(catalog, c.ItemId),
                string.Join(", ", c.Sources.Select(s => $"{s.Source} #{s.Rank}")),
                c.Steps.LastOrDefault(s => s.Stage == FunnelStage.Rank) is { } ranked ? $"#{ranked.Position} ({Figure(ranked.Score, "0.000")})" : "",
                string.Join(" → ", c.Steps.Where(s => s.Stage == FunnelStage.ReRank && s.Component != "take").Select(s => $"{s.Component} #{s.Position}")),
                $"{c.SlatePosition}",
            }));
        console.Table(
            "Where the others fell out",
            ["step", "items"],
            explanation.Candidates.Where(c => c.FellOutAt is not null).GroupBy(c => $"{c.FellOutAt!.Stage}: {c.FellOutAt.Component}").Select(g => new[] { g.Key, $"{g.Count()}" }));
    }

    public static string Figure(double value, string format = "0.0000") => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Interval(ConfidenceInterval i) => $"{Figure(i.Value)} ({Figure(i.Low)}–{Figure(i.High)})";

    private static string Percent(double share) => double.IsNaN(share) ? "–" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Title(Catalog catalog, string itemId)
    {
        catalog.TryGetRow(itemId, out int row);
        string title = catalog.Title?[row] ?? itemId;
        return title.Length > 32 ? title[..31] + "…" : title;
    }
}
