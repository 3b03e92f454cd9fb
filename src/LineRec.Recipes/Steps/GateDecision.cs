using System.Globalization;

namespace LineRec.Recipes;

/// <summary>What the gate said of a bundle.</summary>
/// <param name="Accepted">Whether it may be published.</param>
/// <param name="Reason">Why, as sentences.</param>
/// <param name="Metric">What was compared.</param>
/// <param name="Champion">The champion's figure; NaN without a champion.</param>
/// <param name="Difference">The candidate's figure minus the champion's; NaN without a champion.</param>
/// <param name="Low">The lower end of the difference's 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record GateDecision(bool Accepted, string Reason, string Metric, double Champion = double.NaN, double Difference = double.NaN, double Low = double.NaN, double High = double.NaN)
{
    /// <summary>The file's name among the outputs of the step gate.</summary>
    public const string FileName = "decision.json";

    /// <summary>What was looked at beside the metric.</summary>
    public IReadOnlyList<GateCheck> Checks { get; init; } = [];

    public static GateDecision Read(string folder) => RecipeJson.Read<GateDecision>(Path.Combine(folder, FileName));

    /// <summary>Compares a bundle with the champion on the same cases.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="metric">What to compare by.</param>
    /// <param name="maxLoss">The share of the champion's figure that may be lost where the loss isn't sure.</param>
    public static GateDecision Of(EvaluationReport report, string metric, double maxLoss)
    {
        if (Pair(report, metric) is not { } pair) return new GateDecision(true, "There is no champion of an earlier day to compare with.", metric);
        double champion = FigureOf(report[BundleJudge.Champion], metric);
        var (accepted, reason) = pair switch
        {
            { High: < 0 } => (false, "It is surely worse than the champion: the whole 95 % interval of the difference lies below 0."),
            _ when pair.Difference < -maxLoss * champion => (false, "It loses more than gate.max_loss of the champion's figure."),
            _ => (true, "It isn't worse than the champion beyond doubt, and loses no more than gate.max_loss."),
        };
        return new GateDecision(accepted, reason, metric, champion, pair.Difference, pair.Low, pair.High);
    }

    /// <summary>Looks at a part of the cases. Several are looked at, so that chance alone makes one of them look worse now and then: a loss must be sure and large.</summary>
    /// <param name="slice">The part, and how both did.</param>
    /// <param name="metric">What to compare by.</param>
    /// <param name="maxLoss">The share of the champion's figure that may be lost.</param>
    public static GateCheck OfSlice(SliceReport slice, string metric, double maxLoss)
    {
        var pair = Pair(slice.Report, metric)!;
        double champion = FigureOf(slice.Report[BundleJudge.Champion], metric);
        bool passed = pair.High >= 0 || pair.Difference >= -maxLoss * champion;
        return new GateCheck($"slice {slice.Slice}", passed, string.Create(
            CultureInfo.InvariantCulture, $"{slice.Slice} ({slice.Report.Cases} cases): {metric} champion {champion:0.0000}, difference {pair.Difference:+0.0000;-0.0000} ({pair.Low:+0.0000;-0.0000} to {pair.High:+0.0000;-0.0000}){(passed ? "" : "; surely worse, by more than gate.max_slice_loss")}."));
    }

    /// <summary>The decision with more that was looked at: one check that fails refuses.</summary>
    public GateDecision With(IReadOnlyList<GateCheck> checks)
    {
        GateCheck[] failed = [.. checks.Where(c => !c.Passed)];
        string[] reasons = [.. Accepted && failed.Length > 0 ? [] : new[] { Reason }, .. failed.Select(c => c.Detail)];
        return this with { Accepted = Accepted && failed.Length == 0, Reason = string.Join(' ', reasons), Checks = checks };
    }

    public override string ToString() => double.IsNaN(Champion)
        ? Reason
        : string.Create(CultureInfo.InvariantCulture, $"{Reason} {Metric}: champion {Champion:0.0000}, difference {Difference:+0.0000;-0.0000} ({Low:+0.0000;-0.0000} to {High:+0.0000;-0.0000}).");

    private static PairedRow? Pair(EvaluationReport report, string metric) => report.Paired.FirstOrDefault(p => p.Versus == BundleJudge.Champion && p.Metric == metric);

    private static double FigureOf(QualityRow row, string metric) => metric switch
    {
        "mrr" => row.Mrr.Value,
        _ when metric.StartsWith("ndcg", StringComparison.Ordinal) => row.Ndcg.Value,
        _ when metric.StartsWith("recall", StringComparison.Ordinal) => row.Recall.Value,
        _ => row.HitRate.Value,
    };
}
