namespace LineRec.Retrieval;

/// <summary>
/// Options of the new-arrivals retriever. The score of a new item is RecencyWeight · (1 - age / window) + CategoryWeight · (share of its
/// category in the user's history, 0 to 1) + PopularityWeight · (its score in a chart, as a share of the chart's best) + TasteWeight ·
/// 1 / (1 + e^-s) with its two-tower score s.
/// </summary>
public sealed record NewArrivalsOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "new-arrivals".</summary>
    public string Name { get; init; } = NewArrivalsDefaults.Name;

    /// <summary>How long an item is new, counted back from the request's time. Default 30 days.</summary>
    public TimeSpan Window { get; init; } = NewArrivalsDefaults.Window;

    /// <summary>The weight of being new, 0 or more. Default 1.</summary>
    public float RecencyWeight { get; init; } = 1f;

    /// <summary>The weight of the user's interest in the item's category, 0 or more. Default 1; of no effect where the catalog has no categories.</summary>
    public float CategoryWeight { get; init; } = 1f;

    /// <summary>The weight of early popularity, 0 or more. Default 0: the chart isn't needed.</summary>
    public float PopularityWeight { get; init; }

    /// <summary>The chart of early popularity. Default "trending".</summary>
    public string Chart { get; init; } = LineRec.Chart.Trending;

    /// <summary>The weight of the user's taste by the two-tower score, 0 or more. Default 0: item vectors and encoder aren't needed. A user about whom the encoder has nothing to say gets none of it.</summary>
    public float TasteWeight { get; init; }

    /// <summary>With a <see cref="TasteWeight"/>: the bundle file of the item vectors. Default "items.npy".</summary>
    public string ItemVectors { get; init; } = TwoTowerDefaults.ItemVectors;

    /// <summary>With a <see cref="TasteWeight"/>: turns a request into the query vector. Default null: the snapshot's own, by the <see cref="IUserEncoderFactory"/> of the host's services.</summary>
    public IUserEncoder? Encoder { get; init; }

    /// <summary>Whether a user with a history gets new items of the history's categories only; others still have a score. Default false. Without categories in the history everything new is proposed.</summary>
    public bool LikedCategoriesOnly { get; init; }

    /// <summary>How much each item of the history weighs in the share of categories.</summary>
    public HistoryWeights History { get; init; } = new();

    /// <summary>How many of the newest items are looked at a request, 1 or more. Default 10,000.</summary>
    public int MaxExamined { get; init; } = NewArrivalsDefaults.MaxExamined;

    internal void Validate()
    {
        const string Owner = nameof(NewArrivalsOptions);
        if (Window <= TimeSpan.Zero) throw new ArgumentException($"{Owner}: Window is {Window}; it must be over zero.");
        if (MaxExamined < 1) throw new ArgumentException($"{Owner}: MaxExamined is {MaxExamined}; it must be 1 or more.");
        if (!Fits(RecencyWeight) || !Fits(CategoryWeight) || !Fits(PopularityWeight) || !Fits(TasteWeight))
            throw new ArgumentException($"{Owner}: the weights are {RecencyWeight}, {CategoryWeight}, {PopularityWeight} and {TasteWeight}; they must be finite and 0 or more.");
        History.Validate($"{Owner}.{nameof(History)}");
    }

    private static bool Fits(float weight) => weight >= 0f && float.IsFinite(weight);
}
