using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>
/// How a number becomes model input, in place of the z-score: parameters are learnt from the fitted values, saved with the fit, and applied
/// to later values alike. Computed in double precision, returned in single.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MinMaxTransform), "min-max")]
[JsonDerivedType(typeof(RobustTransform), "robust")]
[JsonDerivedType(typeof(YeoJohnsonTransform), "yeo-johnson")]
[JsonDerivedType(typeof(BoxCoxTransform), "box-cox")]
[JsonDerivedType(typeof(QuantileTransform), "quantile")]
[JsonDerivedType(typeof(BucketTransform), "bucket")]
public abstract record NumberTransform
{
    private protected NumberTransform()
    {
    }

    /// <summary>Ends the columns' names.</summary>
    internal abstract string Suffix { get; }

    /// <summary>Whether outputs have the mean 0, so that a missing value is 0; else the outputs' mean is learnt for it.</summary>
    internal virtual bool Centred => false;

    /// <summary>The names of several columns, after the suffix; empty for one column.</summary>
    internal virtual IReadOnlyList<string> Parts => [];

    /// <summary>Learns the parameters.</summary>
    /// <param name="column">The column's name, for messages.</param>
    /// <param name="ascending">The finite values in ascending order; may be none.</param>
    internal abstract double[] Learn(string column, double[] ascending);

    /// <summary>The value of a number; NaN where it is outside what the transform can take.</summary>
    /// <param name="parameters">What was learnt.</param>
    /// <param name="x">A finite number.</param>
    /// <param name="part">Which of the columns, from 0.</param>
    internal abstract float Apply(IReadOnlyList<double> parameters, double x, int part);
}
