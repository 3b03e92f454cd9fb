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
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var used = new HashSet<int>();
        foreach (string value in column.Values)
        {
            var places = feature.Places(value).GroupBy(p => p.Bucket).Select(g => (Bucket: g.Key, Weight: (int)g.Sum(p => p.Weight))).Where(p => p.Weight != 0).OrderBy(p => p.Bucket);
            foreach (var (bucket, _) in places) used.Add(bucket);
            string key = string.Join(' ', places);
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
            group.Add(value);
        }

        List<string>[] shared = [.. groups.Values.Where(g => g.Count > 1).OrderByDescending(g => g.Count).ThenBy(g => g[0], StringComparer.Ordinal)];
        return new HashCollisions(column.Values.Length, used.Count, shared.Sum(g => g.Count), groups.Count == 0 ? 0 : groups.Values.Max(g => g.Count), [.. shared.Take(MostExamples).Select(g => g.Take(MostExamples).ToArray())]);
    }
}
