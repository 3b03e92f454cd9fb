namespace LineRec.Training;

/// <summary>A trained two-tower and how it came about.</summary>
public sealed record MatchingTwoTowerResult
{
    /// <summary>The model, trained on all interactions.</summary>
    public required MatchingTwoTowerModel Model { get; init; }

    /// <summary>The model that was trained without the validation items: others are tuned to go with it on these.</summary>
    public required MatchingTwoTowerModel ValidationModel { get; init; }

    /// <summary>What <see cref="Model"/> was trained on.</summary>
    public required InteractionMatrix FinalTrain { get; init; }

    /// <summary>What <see cref="ValidationModel"/> was trained on.</summary>
    public required InteractionMatrix ValidationTrain { get; init; }

    /// <summary>What it was measured on.</summary>
    public required InteractionMatrix Validation { get; init; }

    /// <summary>How the validation model ranks the validation items.</summary>
    public required MatchingMetrics ValidationMetrics { get; init; }

    /// <summary>What was chosen for each tower.</summary>
    public required IReadOnlyList<MatchingTowerReport> Towers { get; init; }

    /// <summary>Positives trained on a second, all towers together.</summary>
    public required double SamplesPerSecond { get; init; }
}
