namespace LineRec.Retrieval;

/// <summary>Options of <see cref="TrendingBuilder"/>.</summary>
public sealed record TrendingBuilderOptions
{
    /// <summary>The instant the chart is for; events at or after it don't count.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>After how long an event counts half; null for never: the chart of plain popularity. Default 7 days.</summary>
    public TimeSpan? HalfLife { get; init; } = TrendingDefaults.HalfLife;

    /// <summary>How far back events count at all; null for all. Default null.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The weight of each event type by its number (see <see cref="EventType"/>) in a chart by count. Default: click, cart, purchase and favourite weigh 1.</summary>
    public IReadOnlyList<float> TypeWeights { get; init; } = [0f, 1f, 1f, 1f, 1f, 0f];

    /// <summary>What the chart is ordered by. Default <see cref="TrendingScoring.Auto"/>.</summary>
    public TrendingScoring Scoring { get; init; }

    /// <summary>The normal quantile of the Wilson bound, 0 or more. Default 1.96: a two-sided 95 % interval.</summary>
    public double Z { get; init; } = WilsonScore.Z95;

    internal void Validate()
    {
        const string Owner = nameof(TrendingBuilderOptions);
        if (HalfLife <= TimeSpan.Zero) throw new ArgumentException($"{Owner}: HalfLife is {HalfLife}; it must be over zero, or null for no decay.");
        if (Window <= TimeSpan.Zero) throw new ArgumentException($"{Owner}: Window is {Window}; it must be over zero, or null for all events.");
        if (!(Z >= 0) || double.IsInfinity(Z)) throw new ArgumentException($"{Owner}: Z is {Z}; it must be finite and 0 or more.");
        if (!Enum.IsDefined(Scoring)) throw new ArgumentException($"{Owner}: Scoring is {Scoring}; it must be one of {string.Join(", ", Enum.GetNames<TrendingScoring>())}.");
        HistoryWeights.ValidateTypeWeights(Owner, TypeWeights);
    }
}
