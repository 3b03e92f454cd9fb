namespace LineRec.Training;

/// <summary>
/// EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): the linear model that predicts each item from all others, in closed form.
/// With P = (XᵀX + λI)⁻¹ the weight of item i for item j is −P[i,j] / P[j,j].
/// </summary>
/// <remarks>Size³ operations and 2·size² bytes, size being the items or, where these are fewer, the users.</remarks>
public sealed class EaseModel : IMatchingModel
{
    private readonly IEaseSolution _solution;

    /// <summary>Solves.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="options">The ridge, and how large a matrix may be.</param>
    /// <param name="threads">How many threads work; the model is the same for any number.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    public EaseModel(InteractionMatrix train, EaseOptions options, int threads, IProgress<double>? progress = null)
    {
        options.Validate();
        var workers = new Workers(threads);
        ItemCount = train.ItemCount;
        Form = train.ItemCount <= options.MaxItems ? EaseForm.Items
            : train.UserCount <= options.MaxExactUsers && train.UserCount < train.ItemCount ? EaseForm.Users
            : EaseForm.PopularItems;
        _solution = Form == EaseForm.Users
            ? new EaseUserSolution(train, options.Regularisation, workers, progress)
            : new EaseItemSolution(train, options.Regularisation, Math.Min(train.ItemCount, options.MaxItems), workers, progress);
    }

    /// <summary>Whether the solution is exact, and by which matrix.</summary>
    public EaseForm Form { get; }

    /// <inheritdoc/>
    public int ItemCount { get; }

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores) => _solution.Score(user, history, scores);
}
