namespace LineRec;

/// <summary>
/// The user's own items by recency and frequency, then recent popularity. An item's score is Σ over its events of weight × 2^(-days / half-life)
/// (events that fade), or (Σ weights)^exponent × 2^(-days since the last / half-life); events of one instant, lines of one order, are one.
/// Grid: half-life, the exponent or fading, which event types count.
/// </summary>
public static class BuyAgainBaseline
{
    /// <summary>Its name in reports.</summary>
    public const string Name = "buy_again";

    private static readonly double[] HalfLifeDaysGrid = [1, 3, 7, 14, 30, 60, 90, 180, double.PositiveInfinity];

    // NaN stands for events that fade one by one.
    private static readonly double[] FrequencyExponentGrid = [double.NaN, 1, 0.5, 2, 0];

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
            var own = new List<OwnEvent>();
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
        string frequency = double.IsNaN(chosen.exponent) ? "fading events" : FormattableString.Invariant($"frequency^{chosen.exponent}");
        return new TunedBaseline(
            system, FormattableString.Invariant($"half-life {chosen.halfLife} days, {frequency}, {chosen.weights.Name}"), recall, grid.Length);
    }

    /// <summary>The user's events with allowed items, grouped by item, newest first.</summary>
    private static List<OwnEvent> Gather(EvaluationCase question, EventWeights weights)
    {
        var rows = question.HistoryRows.Span;
        var types = question.HistoryTypes.Span;
        var times = question.HistoryTimes.Span;
        long now = question.Time.ToUnixTimeMilliseconds();
        var own = new List<OwnEvent>(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            float weight = weights.Of(types[i]);
            if (weight == 0f || rows[i] < 0 || Array.BinarySearch(question.ExcludedRows, rows[i]) >= 0) continue;
            own.Add(new OwnEvent(rows[i], (now - times[i]) / 86_400_000.0, weight));
        }

        own.Sort((x, y) => x.Row != y.Row ? x.Row.CompareTo(y.Row) : x.Days != y.Days ? x.Days.CompareTo(y.Days) : y.Weight.CompareTo(x.Weight));
        return own;
    }

    private static int Rank(List<OwnEvent> own, double halfLifeDays, double exponent, Span<int> rows)
    {
        var keys = new ulong[own.Count];
        int items = 0;
        for (int start = 0, end; start < own.Count; start = end)
        {
            // In logarithms relative to the newest event, so that a long absence doesn't underflow to a tie.
            double newest = own[start].Days, frequency = 0, fading = 0;
            for (end = start; end < own.Count && own[end].Row == own[start].Row; end++)
            {
                if (end > start && own[end].Days == own[end - 1].Days) continue;
                frequency += own[end].Weight;
                fading += own[end].Weight * Math.Pow(2, (newest - own[end].Days) / halfLifeDays);
            }

            double score = Math.Log2(double.IsNaN(exponent) ? fading : Math.Pow(frequency, exponent)) - (newest / halfLifeDays);
            keys[items++] = CandidateOrder.Key((float)score, own[start].Row);
        }

        keys.AsSpan(0, items).Sort();
        int count = Math.Min(items, rows.Length);
        for (int i = 0; i < count; i++) rows[i] = (int)(uint)keys[i];
        return count;
    }

    private readonly record struct OwnEvent(int Row, double Days, float Weight);
}
