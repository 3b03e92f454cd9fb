using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LineRec.Features;

/// <summary>How well a <see cref="HashFeature"/> keeps the values of a column apart.</summary>
/// <param name="Values">Distinct values.</param>
/// <param name="UsedBuckets">Buckets that at least one value hits.</param>
/// <param name="CollidingValues">Values that get the very same columns as another one: the model can't tell them apart.</param>
/// <param name="LargestGroup">The most values with the same columns.</param>
/// <param name="Examples">The largest groups of values with the same columns, at most ten groups of ten values.</param>
public sealed record HashCollisions(int Values, int UsedBuckets, int CollidingValues, int LargestGroup, IReadOnlyList<IReadOnlyList<string>> Examples)
{
    private const int MostExamples = 10;

    /// <summary>Counts the collisions of a column's values. O(values × hashes).</summary>
    /// <param name="feature">The hashing.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">The feature is out of range.</exception>
    public static HashCollisions Of(HashFeature feature, TextColumn column)
    {
        feature.Validate();
        var used = new HashSet<int>();
        var sizes = new Dictionary<UInt128, int>();
        foreach (string value in column.Values)
        {
            ref int size = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, Signature(feature, value, used), out _);
            size++;
        }

        var largest = sizes.Where(g => g.Value > 1).OrderByDescending(g => g.Value).Take(MostExamples).ToDictionary(g => g.Key, _ => new List<string>()); // ties: first met first
        foreach (string value in column.Values)
        {
            if (largest.Count == 0) break;
            if (largest.TryGetValue(Signature(feature, value, null), out var group) && group.Count < MostExamples) group.Add(value);
        }

        return new HashCollisions(column.Values.Length, used.Count, sizes.Values.Where(s => s > 1).Sum(), sizes.Values.DefaultIfEmpty(0).Max(), [.. largest.Values]);
    }

    /// <summary>A 128-bit hash of the columns that a value gets: equal for equal columns, and for others with a chance that doesn't matter.</summary>
    private static UInt128 Signature(HashFeature feature, string value, HashSet<int>? used)
    {
        (int Bucket, int Weight)[] places = [.. feature.Places(value).GroupBy(p => p.Bucket).Select(g => (g.Key, (int)g.Sum(p => p.Weight))).Where(p => p.Item2 != 0).OrderBy(p => p.Key)];
        foreach (var (bucket, _) in places) used?.Add(bucket);
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(places.AsSpan()));
    }
}
