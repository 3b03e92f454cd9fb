namespace LineRec.Training;

/// <summary>How EASE is solved.</summary>
public sealed record EaseOptions
{
    /// <summary>The ridge λ on the diagonal of the Gram matrix. Over 0.</summary>
    public double Regularisation { get; init; } = 300;

    /// <summary>
    /// The largest matrix that is inverted: exact where there are no more items than this, or no more users than <see cref="MaxExactUsers"/>;
    /// otherwise only so many of the most popular items are predictors. 1 or more. 20,000 take 0.8 GB and about 80 s on a core at 100 GFLOP/s.
    /// </summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>Up to how many users the equivalent problem on users is inverted where there are fewer users than items. 0 or more. 30,000 take 1.8 GB.</summary>
    public int MaxExactUsers { get; init; } = 30_000;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!(Regularisation is > 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(nameof(Regularisation), Regularisation, $"{nameof(EaseOptions)}.{nameof(Regularisation)} must be a finite number over 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxExactUsers);
    }
}
