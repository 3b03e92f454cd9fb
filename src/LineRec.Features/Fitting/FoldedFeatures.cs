namespace LineRec.Features;

/// <summary>A fit, and for each fold of users the same fit with target encodings that don't know that fold's events.</summary>
/// <remarks>
/// Encode the training examples of a user with Folds[<see cref="TargetRateFeature.FoldOf"/>] and serve with <see cref="Whole"/>, which takes the folds' place
/// (<see cref="FittedFeatures.Accepts"/>). Scales are those of the whole.
/// </remarks>
/// <param name="Whole">The fit of all events.</param>
/// <param name="Folds">By fold.</param>
public sealed record FoldedFeatures(FittedFeatures Whole, IReadOnlyList<FittedFeatures> Folds) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Whole.Dispose();
        foreach (var fold in Folds) fold.Dispose();
    }
}
