namespace LineRec.Retrieval;

/// <summary>Options of <see cref="ItemToItemBuilder"/>. The defaults give the cosine between the items' users, with active users weighing less.</summary>
public sealed record ItemToItemBuilderOptions
{
    /// <summary>The weight of each event type by its number (see <see cref="EventType"/>); an item of a user weighs as its weightiest event. Default: click, cart, purchase and favourite weigh 1.</summary>
    public IReadOnlyList<float> TypeWeights { get; init; } = [0f, 1f, 1f, 1f, 1f, 0f];

    /// <summary>A user with n items weighs n to the power of minus this, 0 or more. Default 0.5; 0 weighs all alike.</summary>
    public double UserActivityExponent { get; init; } = 0.5;

    /// <summary>The exponent of the history item's popularity beneath the line, 0 or more. Default 0.5: with the other one the cosine.</summary>
    public double HistoryExponent { get; init; } = 0.5;

    /// <summary>The exponent of the candidate's popularity beneath the line, 0 or more. Default 0.5; less favours popular candidates, more rare ones.</summary>
    public double CandidateExponent { get; init; } = 0.5;

    /// <summary>Only events of a user that are near each other count together; null for all. Default null.</summary>
    public ItemToItemWindow? Window { get; init; }

    /// <summary>How many of a user's newest items (with a window: events) count, 1 or more: bounds the work of one user. Default 2,000.</summary>
    public int MaxItemsPerUser { get; init; } = 2_000;

    /// <summary>How many threads count at the most; null for one a processor. The result doesn't depend on it.</summary>
    public int? MaxThreads { get; init; }

    internal void Validate()
    {
        const string Owner = nameof(ItemToItemBuilderOptions);
        HistoryWeights.ValidateTypeWeights(Owner, TypeWeights);
        if (!Fits(UserActivityExponent) || !Fits(HistoryExponent) || !Fits(CandidateExponent))
            throw new ArgumentException($"{Owner}: the exponents are {UserActivityExponent}, {HistoryExponent} and {CandidateExponent}; they must be finite and 0 or more.");
        if (MaxItemsPerUser < 1) throw new ArgumentException($"{Owner}: MaxItemsPerUser is {MaxItemsPerUser}; it must be 1 or more.");
        if (MaxThreads < 1) throw new ArgumentException($"{Owner}: MaxThreads is {MaxThreads}; it must be 1 or more, or null.");
        Window?.Validate();
    }

    private static bool Fits(double exponent) => exponent >= 0 && double.IsFinite(exponent);
}
