using System.Globalization;

namespace LineRec.Features;

/// <summary>
/// A text column of any number of values as a fixed number of columns: each value adds +1 or -1 at the bucket of its hash, once for each of several
/// hash functions, so values that share one bucket rarely share all. Needs no state and no list of values: an unseen value has its place. A missing value has zeros.
/// K. Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009; several functions after J. Serrà, A. Karatzoglou,
/// "Getting deep recommenders fit: Bloom embeddings for sparse binary input/output networks", RecSys 2017. <see cref="HashCollisions"/> tells how many values share their place.
/// </summary>
public sealed record HashFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>How many columns, 1 or more.</summary>
    public int Buckets { get; init; } = 64;

    /// <summary>How many hash functions, 1 or more.</summary>
    public int Hashes { get; init; } = 2;

    /// <summary>Whether all add +1. Signs of either kind make values that collide cancel out on the average.</summary>
    public bool Unsigned { get; init; }

    internal override string? SourceColumn => Column;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        Validate();
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(HashFeature));
        string[] values = column.Values.ToArray();
        var bags = new SparseRows(values.Length, code => Places(values[code]));
        return [.. Enumerable.Range(0, Buckets).Select(b => new ItemColumn(string.Create(CultureInfo.InvariantCulture, $"{Column}_hash_{b}"), false, row => column.Codes[row] < 0 ? 0f : bags[column.Codes[row], b]))];
    }

    internal void Validate()
    {
        if (Buckets < 1) throw new ArgumentException($"HashFeature.Buckets of column '{Column}' is {Buckets}; it must be 1 or more.");
        if (Hashes < 1) throw new ArgumentException($"HashFeature.Hashes of column '{Column}' is {Hashes}; it must be 1 or more.");
    }

    /// <summary>The buckets of a value and what it adds to each; one that two functions hit is named twice.</summary>
    internal IEnumerable<(int Bucket, float Weight)> Places(string value)
    {
        for (int seed = 0; seed < Hashes; seed++)
        {
            // The low bits choose the bucket, the highest bit the sign.
            ulong hash = TextHash.Of(value, seed);
            yield return ((int)((hash & (ulong.MaxValue >> 1)) % (ulong)Buckets), Unsigned || hash >> 63 == 0 ? 1f : -1f);
        }
    }
}
