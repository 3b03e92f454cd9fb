namespace LineRec.Recipes;

/// <summary>What came of one training of a sweep.</summary>
/// <param name="Trial">The combination's number.</param>
/// <param name="Rung">How often it had gone on before.</param>
/// <param name="Epochs">The epochs that it had.</param>
/// <param name="Score">What was measured; higher is better, NaN where nothing could be (a training that came to nothing).</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Values">What was tried, by setting.</param>
internal sealed record SweepResult(int Trial, int Rung, int Epochs, double Score, double Seconds, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The best first: score descending, NaN last, ties by trial.</summary>
    public static IOrderedEnumerable<SweepResult> Ranked(IEnumerable<SweepResult> results) =>
        results.OrderBy(r => double.IsNaN(r.Score)).ThenByDescending(r => r.Score).ThenBy(r => r.Trial);

    /// <summary>The winner: of the results that had the most epochs, the best. Null where nothing was measured.</summary>
    public static SweepResult? Best(IEnumerable<SweepResult> results) =>
        Ranked(results.Where(r => !double.IsNaN(r.Score)).GroupBy(r => r.Epochs).MaxBy(g => g.Key) ?? Enumerable.Empty<SweepResult>()).FirstOrDefault();
}
