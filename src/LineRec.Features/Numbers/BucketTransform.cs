using System.Globalization;

namespace LineRec.Features;

/// <summary>
/// One column a bucket, 1 in the bucket of the value: bucket i holds edge i - 1 ≤ x &lt; edge i. Edges are declared, or are quantiles of the
/// fitted values, so that buckets hold about equally many (equal-frequency binning; J. Dougherty, R. Kohavi, M. Sahami, "Supervised and
/// unsupervised discretization of continuous features", ICML 1995). Where values repeat so often that quantiles are equal, buckets between them stay empty.
/// </summary>
public sealed record BucketTransform : NumberTransform
{
    /// <summary>The buckets of quantiles where nothing else is said.</summary>
    public const int DefaultBuckets = 10;

    /// <summary>The edges, finite and ascending; null for quantiles.</summary>
    public IReadOnlyList<double>? Edges { get; init; }

    /// <summary>How many buckets of quantiles, 2 or more; 0 means <see cref="DefaultBuckets"/>. Ignored where edges are declared.</summary>
    public int Buckets { get; init; }

    internal override string Suffix => "bucket";

    internal override IReadOnlyList<string> Parts => [.. Enumerable.Range(0, BucketCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private int BucketCount => Edges is { } edges ? edges.Count + 1 : Buckets == 0 ? DefaultBuckets : Buckets;

    internal override double[] Learn(string column, double[] ascending)
    {
        if (Edges is not { } edges)
        {
            if (BucketCount < 2) throw new ArgumentException($"BucketTransform.Buckets of column '{column}' is {Buckets}; it must be 2 or more, or 0 for {DefaultBuckets}.");
            return [.. Enumerable.Range(1, BucketCount - 1).Select(i => Quantiles.At(ascending, (double)i / BucketCount))];
        }

        for (int i = 0; i < edges.Count; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1])))
                throw new ArgumentException($"BucketTransform.Edges of column '{column}' must be finite and ascending; got {string.Join(", ", edges.Select(e => e.ToString(CultureInfo.InvariantCulture)))}.");
        }

        return [.. edges];
    }

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part) =>
        (part == 0 || parameters[part - 1] <= x) && (part == parameters.Count || x < parameters[part]) ? 1f : 0f;
}
