namespace LineRec.Retrieval;

/// <summary>Options of the points retriever; see <see cref="PointsRetriever"/> for the score.</summary>
public sealed record PointsOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "points".</summary>
    public string Name { get; init; } = PointsDefaults.Name;

    /// <summary>The kinds of campaigns that count, one at least. Default "points".</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [PointsDefaults.CampaignKind];

    /// <summary>Tells how many points a user has. Default null: the host's <see cref="IUserPoints"/> service.</summary>
    public IUserPoints? Points { get; init; }

    /// <summary>What one point is worth in the shop's currency, over 0. Default 1.</summary>
    public float PointValue { get; init; } = 1f;

    /// <summary>Points that expire after this are half as urgent as points that expire now; over zero. Default 14 days.</summary>
    public TimeSpan ExpiryHalfLife { get; init; } = PointsDefaults.ExpiryHalfLife;

    /// <summary>The weight of using points up that expire soon, 0 or more. Default 1.</summary>
    public float ExpiryWeight { get; init; } = 1f;

    /// <summary>The weight of the user's interest in the item's category, 0 or more. Default 1; of no effect where the catalog has no categories.</summary>
    public float InterestWeight { get; init; } = 1f;

    /// <summary>The weight of the campaign's own weight, 0 or more. Default 1.</summary>
    public float CampaignWeight { get; init; } = 1f;

    /// <summary>Whether items that cost more than the user's points are proposed, after all that don't. Default true.</summary>
    public bool IncludeUnaffordable { get; init; } = true;

    /// <summary>How much each item of the history weighs in the share of categories.</summary>
    public HistoryWeights History { get; init; } = new();

    /// <summary>How many items of one campaign, on either side of what the user can pay, are looked at a request at the most, 1 or more. Default 10,000.</summary>
    public int MaxExamined { get; init; } = PointsDefaults.MaxExamined;

    internal void Validate()
    {
        const string Owner = nameof(PointsOptions);
        if (Kinds.Count == 0) throw new ArgumentException($"{Owner}: Kinds is empty; name the kinds of campaigns that count, \"{PointsDefaults.CampaignKind}\" say.");
        if (!(PointValue > 0f) || !float.IsFinite(PointValue)) throw new ArgumentException($"{Owner}: PointValue is {PointValue}; it must be finite and over 0.");
        if (ExpiryHalfLife <= TimeSpan.Zero) throw new ArgumentException($"{Owner}: ExpiryHalfLife is {ExpiryHalfLife}; it must be over zero.");
        if (MaxExamined < 1) throw new ArgumentException($"{Owner}: MaxExamined is {MaxExamined}; it must be 1 or more.");
        if (!Fits(ExpiryWeight) || !Fits(InterestWeight) || !Fits(CampaignWeight) || ExpiryWeight + InterestWeight + CampaignWeight == 0f)
            throw new ArgumentException($"{Owner}: the weights are {ExpiryWeight}, {InterestWeight} and {CampaignWeight}; they must be finite, 0 or more, and not all 0.");
        History.Validate($"{Owner}.{nameof(History)}");
    }

    private static bool Fits(float weight) => weight >= 0f && float.IsFinite(weight);
}
