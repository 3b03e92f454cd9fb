namespace LineRec.Training;

/// <summary>The loss of a positive with score s against Z, the estimated sum of the exponentials of all other items' scores.</summary>
public enum MatchingTowerLoss
{
    /// <summary>Softmax over all items: −s + log(eˢ + Z). Shared uniform negatives, weighted so that Z is unbiased.</summary>
    SampledSoftmax,

    /// <summary>
    /// Bilateral softmax: −s + c·log Z with c over 1, the positive not in Z (Wu et al. 2024, "BSL: Understanding and Improving
    /// Softmax Loss for Recommendation"); c is <see cref="MatchingTowerOptions.NegativePower"/>.
    /// </summary>
    BilateralSoftmax,
}
