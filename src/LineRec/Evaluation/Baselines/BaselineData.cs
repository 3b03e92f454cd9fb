namespace LineRec;

/// <summary>What baselines are tuned and fitted on: nothing of it is at or after the split.</summary>
public sealed record BaselineData
{
    /// <summary>The log before the split.</summary>
    public required InteractionTable Events { get; init; }

    /// <summary>How many items the catalog has.</summary>
    public required int ItemCount { get; init; }

    /// <summary>Where the validation window begins; it ends at the split. Tuning fits on what is before.</summary>
    public required DateTimeOffset ValidationStart { get; init; }

    /// <summary>The split: where the test begins. The chosen parameters are fitted on all before it.</summary>
    public required DateTimeOffset Split { get; init; }

    /// <summary>The cases of the validation window, made as those of the test.</summary>
    public required IReadOnlyList<EvaluationCase> ValidationCases { get; init; }

    /// <summary>What counts as turning to an item. Default: a purchase; <see cref="EventType.Click"/> for a log of clicks.</summary>
    public EventType Target { get; init; } = EventType.Purchase;

    /// <summary>How long the lists are whose recall is tuned. Default <see cref="EvaluationDefaults.K"/>.</summary>
    public int K { get; init; } = EvaluationDefaults.K;
}
