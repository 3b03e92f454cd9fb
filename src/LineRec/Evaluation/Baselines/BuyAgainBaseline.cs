namespace LineRec;

/// <summary>
/// The user's own items by recency and frequency, then recent popularity. An item's score is (summed event weights)^exponent ×
/// 2^(-days since the last event / half-life). Grid: half-life, exponent, which event types count.
/// </summary>
public static class BuyAgainBaseline
{
    /// <summary>Its name in reports.</summary>
    public const string Name = "buy_again";

    private static readonly double[] HalfLifeDaysGrid = [1, 3, 7, 14, 30, 60, 90, 180, double.PositiveInfinity];
    private static readonly double[] FrequencyExponentGrid = [1, 0.5, 2, 0];

    /// <summary>Tunes and fits it.</summary>
    /// <param name="data">The data.</param>
    /// <param name="fill">The tuned recent popularity.</param>
    internal static TunedBaseline Tune(BaselineData data, RecentFill fill)
    {
        var grid = (from weights in EventWeights.GridFor(data.Events, data.Target)
                    from halfLife in HalfLifeDaysGrid
                    from exponent in FrequencyExponentGrid
                    select (weights, halfLife, exponent)).ToArray();
        var (best, recall) = BaselineTuning.FindBest(data, grid.Length, (question, recalls) =>
        {
            var own = new List<OwnItem>();
            EventWeights? gathered = null;
            Span<int> rows = stackalloc int[data.K];
            for (int g = 0; g < grid.Length; g++)
            {
                if (gathered != grid[g].weights) own = Gather(question, gathered = grid[g].weights);
                int count = Rank(own, grid[g].halfLife, grid[g].exponent, rows);
                recalls[g] = BaselineTuning.Recall(rows[..fill.Validation.Fill(question, rows, count)], question, data.K);
            }
        });
        var chosen = grid[best];
        var system = new RankedSystem(Name, (question, rows) =>
            fill.Test.Fill(question, rows, Rank(Gather(question, chosen.weights), chosen.halfLife, chosen.exponent, rows)));
        return new TunedBaseline(
            system,
            FormattableString.Invariant($"half-life {chosen.halfLife} days, frequency^{chosen.exponent}, {chosen.weights.Name}"),
            recall,
            grid.Length);
    }

    private static List<OwnItem> Gather(EvaluationCase question, EventWeights weights)
    {
        var rows = question.HistoryRows.Span;
        var types = question.HistoryTypes.Span;
        var times = question.HistoryTimes.Span;
        var found = new Dictionary<int, OwnItem>();
        long now = question.Time.ToUnixTimeMilliseconds();
        for (int i = 0; i < rows.Length; i++)
        {
            float weight = weights.Of(types[i]);
            if (weight == 0f || rows[i] < 0 || Array.BinarySearch(question.ExcludedRows, rows[i]) >= 0) continue;
            double days = (now - times[i]) / 86_400_000.0; // events come oldest first: the last one stays
            found[rows[i]] = new OwnItem(rows[i], found.GetValueOrDefault(rows[i]).Frequency + weight, days);
        }

        return [.. found.Values];
    }

    private static int Rank(List<OwnItem> own, double halfLifeDays, double exponent, Span<int> rows)
    {
        var keys = new ulong[own.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            // In logarithms, so that a long absence doesn't underflow to a tie.
            double score = (exponent * Math.Log2(own[i].Frequency)) - (own[i].Days / halfLifeDays);
            keys[i] = CandidateOrder.Key((float)score, own[i].Row);
        }

        Array.Sort(keys);
        int count = Math.Min(keys.Length, rows.Length);
        for (int i = 0; i < count; i++) rows[i] = (int)(uint)keys[i];
        return count;
    }

    private readonly record struct OwnItem(int Row, double Frequency, double Days);
}
