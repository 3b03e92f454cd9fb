namespace LineRec.Training;

/// <summary>What a training that went on from an earlier model found and changed.</summary>
public sealed record TwoTowerContinuation
{
    /// <summary>Items that both models know.</summary>
    public required int KnownItems { get; init; }

    /// <summary>Items that the earlier model didn't know.</summary>
    public required int NewItems { get; init; }

    /// <summary>Items that are in the catalog no more.</summary>
    public required int RemovedItems { get; init; }

    /// <summary>Recall@20 of the earlier model, before any step, on the same validation examples; NaN where there was nothing to validate on.</summary>
    public required double RecallBefore { get; init; }

    /// <summary>The mean cosine between the earlier and today's vectors of known, trained items: 1 where none has moved. NaN without such items.</summary>
    public required double MeanCosine { get; init; }

    /// <summary>The cosine that a twentieth of those items is below.</summary>
    public required double LowCosine { get; init; }
}
