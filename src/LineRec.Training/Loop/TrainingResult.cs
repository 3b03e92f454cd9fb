namespace LineRec.Training;

/// <summary>How a training went.</summary>
public sealed record TrainingResult
{
    /// <summary>Why it ended.</summary>
    public required TrainingEnd End { get; init; }

    /// <summary>The epochs that were done, those of earlier processes included.</summary>
    public required IReadOnlyList<TrainingEpoch> Epochs { get; init; }

    /// <summary>How many steps of the optimisers were done, those of earlier processes included.</summary>
    public required int Steps { get; init; }

    /// <summary>Where the time of this process went.</summary>
    public required TrainingTimes Times { get; init; }

    /// <summary>The checkpoint that it went on from; null where it began anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>What was wrong with later checkpoints, which were passed over; usually nothing.</summary>
    public IReadOnlyList<string> RefusedCheckpoints { get; init; } = [];

    /// <summary>The checkpoint that a stopped training goes on from; null without a folder.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>For trainings that have no model to return when they were stopped.</summary>
    internal void ThrowIfStopped(CancellationToken cancellationToken)
    {
        if (End != TrainingEnd.Stopped) return;
        string next = Checkpoint is null ? "" : $" Started again with the same options and data, it goes on from '{Checkpoint}'.";
        throw new OperationCanceledException($"The training was stopped after {Steps} steps.{next}", cancellationToken);
    }
}
