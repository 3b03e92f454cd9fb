namespace LineRec.Features;

/// <summary>What a number that isn't there (NaN or infinite) counts as.</summary>
public enum MissingNumber
{
    /// <summary>The mean of the column's known values after the transform, and a flag column beside it. The default.</summary>
    MeanAndFlag,

    /// <summary>A declared number, in fitting too, as if the column held it; no flag.</summary>
    Constant,

    /// <summary>A bucket of its own; only with <see cref="BucketTransform"/>.</summary>
    OwnBucket,
}
