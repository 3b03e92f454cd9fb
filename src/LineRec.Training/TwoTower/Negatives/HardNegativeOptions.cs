namespace LineRec.Training;

/// <summary>
/// Hard negatives of a two-tower model: items that the model of the moment finds near a user who never chose them (Xiong et al. 2021,
/// ANCE; Gillick et al. 2019).
/// </summary>
/// <remarks>
/// The nearest items of each example, without those that its user had any event with (impressions aside) and without the first <see cref="Skip"/>, are its
/// window. Some items of the window are drawn evenly and stand for all of it: with the logQ correction each counts window / drawn, and the
/// negatives of the batch and the evenly drawn ones stand for all other items (those of the window are masked among them). So the loss stays
/// an estimate of the one over all items, sharper where the model errs; without the correction each counts 1, and hard negatives weigh more.
/// </remarks>
public sealed record HardNegativeOptions
{
    /// <summary>How many are drawn for each example. 1 or more.</summary>
    public int Count { get; init; } = 8;

    /// <summary>How many of the nearest items are passed over: what is nearest is often only not chosen yet. 0 or more.</summary>
    public int Skip { get; init; } = 10;

    /// <summary>How many items they are drawn from, at the most. <see cref="Count"/> or more.</summary>
    public int Window { get; init; } = 100;

    /// <summary>After how many steps the item vectors that are searched are taken anew. 1 or more.</summary>
    public int RefreshSteps { get; init; } = 50;

    /// <summary>
    /// Builds an index over the item vectors [items that training knows, Dimension], of length 1, by inner product; disposed, if it can be, when
    /// the next takes its place. Null scores all items for each example, which is for some ten thousand items. An index that isn't
    /// deterministic makes the training not so either.
    /// </summary>
    public Func<NpyMatrix<float>, IVectorIndex>? Index { get; init; }
}
