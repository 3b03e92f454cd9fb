namespace LineRec.Training;

/// <summary>How the training of a ranker went.</summary>
public sealed record RankerReport
{
    /// <summary>The epochs of the first network of the ensemble: mean loss, and the held-out figure that stops training.</summary>
    public required IReadOnlyList<RankerEpoch> Epochs { get; init; }

    /// <summary>The held-out figures of the finished, calibrated ranker. A little flattering: the same groups stop and calibrate it.</summary>
    public required RankerMetrics HeldOut { get; init; }

    /// <summary>How many groups it was fitted on.</summary>
    public required int Groups { get; init; }

    /// <summary>How many candidates those have.</summary>
    public required int Candidates { get; init; }

    /// <summary>How many of them were chosen.</summary>
    public required int Chosen { get; init; }

    /// <summary>How many groups were held out.</summary>
    public required int HeldOutGroups { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
