namespace LineRec.Retrieval;

/// <summary>Options of the buy-again retriever.</summary>
public sealed record BuyAgainOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "buy-again".</summary>
    public string Name { get; init; } = BuyAgainDefaults.Name;

    /// <summary>After how long an event counts half; null for never (mere frequency). Default 60 days.</summary>
    public TimeSpan? HalfLife { get; init; } = BuyAgainDefaults.HalfLife;

    /// <summary>The weight of each event type by its number (see <see cref="EventType"/>). Default: purchases only.</summary>
    public IReadOnlyList<float> TypeWeights { get; init; } = [0f, 0f, 0f, 1f];

    internal void Validate()
    {
        if (HalfLife <= TimeSpan.Zero) throw new ArgumentException($"{nameof(BuyAgainOptions)}: HalfLife is {HalfLife}; it must be over zero, or null for no decay.");
        HistoryWeights.ValidateTypeWeights(nameof(BuyAgainOptions), TypeWeights);
    }
}
