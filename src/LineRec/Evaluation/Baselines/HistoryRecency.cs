namespace LineRec;

/// <summary>How the weight of a history item falls with its age: by days (half-life) and by its place among the distinct items, newest first (decay a place).</summary>
/// <param name="HalfLifeDays">Days after which an item counts half; infinity for no decay.</param>
/// <param name="RankDecay">What each older place is multiplied with, over 0 to 1.</param>
internal readonly record struct HistoryRecency(double HalfLifeDays, double RankDecay)
{
    /// <summary>The grid: as many as a vector has lanes, so that all are counted at once.</summary>
    public static HistoryRecency[] Grid { get; } =
    [
        new(double.PositiveInfinity, 1), new(90, 1), new(30, 1), new(7, 1),
        new(double.PositiveInfinity, 0.95), new(double.PositiveInfinity, 0.8), new(double.PositiveInfinity, 0.6), new(30, 0.9),
    ];

    public float Weigh(double days, int rank) => (float)(Math.Pow(2, -days / HalfLifeDays) * Math.Pow(RankDecay, rank));

    public override string ToString() => FormattableString.Invariant($"half-life {HalfLifeDays} days, {RankDecay} a place");
}
