namespace LineRec.Training;

/// <summary>How the training of a two-tower model went.</summary>
public sealed record TwoTowerReport
{
    /// <summary>The epochs of the fit that was measured on validation.</summary>
    public required IReadOnlyList<TwoTowerEpoch> Epochs { get; init; }

    /// <summary>The epochs of the fit on all events; empty where there was none.</summary>
    public IReadOnlyList<TwoTowerEpoch> RetrainEpochs { get; init; } = [];

    /// <summary>The epoch that was chosen, from 1; 0 where an earlier model was left as it was, because there was nothing new.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The power of an item's popularity that was chosen.</summary>
    public required double PopularityExponent { get; init; }

    /// <summary>Recall@20 on validation at the epoch and power chosen; NaN where there was nothing to validate on.</summary>
    public required double ValidationRecall { get; init; }

    /// <summary>How many examples (moments of users) the model was fitted on last.</summary>
    public required int Examples { get; init; }

    /// <summary>How many positives those have.</summary>
    public required int Positives { get; init; }

    /// <summary>How many numbers were learnt: rows of the tables, those of items that training never saw included, and the towers' layers.</summary>
    public required long Parameters { get; init; }

    /// <summary>How many examples validated.</summary>
    public required int ValidationExamples { get; init; }

    /// <summary>What became of the earlier model's items and vectors; null for a training from nothing.</summary>
    public TwoTowerContinuation? Continuation { get; init; }

    /// <summary>How long it took in all.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether the time limit ended it.</summary>
    public required bool TimedOut { get; init; }
}
