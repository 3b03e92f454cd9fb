namespace LineRec.Retrieval;

/// <summary>
/// Counts events into a chart: an event counts 2^(-age / half-life). Add all events of the shop, or those of one placement or segment,
/// in any order; a chart a builder.
/// </summary>
/// <remarks>
/// Not thread-safe. 24 bytes an item. Every event's age is known, so the decay is exact and the order of adding doesn't matter but for the last bit;
/// the bound of rates is <see cref="WilsonScore"/>.
/// </remarks>
public sealed class TrendingBuilder
{
    private readonly TrendingBuilderOptions _options;
    private readonly double[] _counts;
    private readonly double[] _clicks;
    private readonly double[] _impressions;
    private readonly long _asOf;
    private readonly long _from;
    private readonly double _perMillisecond;
    private bool _hasImpressions;

    /// <summary>Creates an empty builder.</summary>
    /// <param name="itemCount">How many rows the catalog has.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public TrendingBuilder(int itemCount, TrendingBuilderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(itemCount);
        options.Validate();
        _options = options;
        (_counts, _clicks, _impressions) = (new double[itemCount], new double[itemCount], new double[itemCount]);
        _asOf = options.AsOf.ToUnixTimeMilliseconds();
        _from = options.Window is { } window ? _asOf - (long)window.TotalMilliseconds : long.MinValue;
        _perMillisecond = options.HalfLife is { } halfLife ? -1 / halfLife.TotalMilliseconds : 0;
    }

    /// <summary>Counts one event. One outside the time that counts is left out.</summary>
    /// <param name="row">The item's catalog row.</param>
    /// <param name="type">What the user did.</param>
    /// <param name="unixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
    public void Add(int row, EventType type, long unixMilliseconds)
    {
        if (unixMilliseconds >= _asOf || unixMilliseconds < _from) return;
        double decayed = double.Exp2((_asOf - unixMilliseconds) * _perMillisecond);
        if (type == EventType.Impression)
        {
            _impressions[row] += decayed;
            _hasImpressions = true;
        }
        else if (type == EventType.Click)
        {
            _clicks[row] += decayed;
        }

        float weight = (int)type < _options.TypeWeights.Count ? _options.TypeWeights[(int)type] : 0f;
        _counts[row] += weight * decayed;
    }

    /// <summary>Counts all events of a table. O(events).</summary>
    /// <param name="interactions">The events.</param>
    public TrendingBuilder Add(InteractionTable interactions)
    {
        for (int i = 0; i < interactions.Count; i++) Add(interactions.Rows[i], interactions.Types[i], interactions.Times[i]);
        return this;
    }

    /// <summary>The chart: score descending, ties by ascending row; items without a score over 0 aren't ranked. O(items log items).</summary>
    /// <param name="limit">How many items it ranks at the most; null for all.</param>
    public Chart Build(int? limit = null)
    {
        bool rates = _options.Scoring == TrendingScoring.ClickRate || (_options.Scoring == TrendingScoring.Auto && _hasImpressions);
        var keys = new List<ulong>();
        for (int row = 0; row < _counts.Length; row++)
        {
            float score = (float)(rates ? RateOf(row) : _counts[row]);
            if (score > 0f) keys.Add(CandidateOrder.Key(score, row));
        }

        keys.Sort();
        int count = Math.Min(limit ?? keys.Count, keys.Count);
        var (rows, scores) = (new int[count], new float[count]);
        for (int i = 0; i < count; i++) (rows[i], scores[i]) = (CandidateOrder.RowOf(keys[i]), CandidateOrder.ScoreOf(keys[i]));
        return new Chart(rows, scores);
    }

    /// <summary>A log may hold more clicks than impressions (or their decays may differ by a moment): the rate is at most 1.</summary>
    private double RateOf(int row) => WilsonScore.Lower(Math.Min(_clicks[row], _impressions[row]), _impressions[row], _options.Z);
}
