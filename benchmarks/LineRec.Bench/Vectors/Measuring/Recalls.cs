namespace LineRec.Bench.Vectors;

/// <summary>The mean recall of some queries and how sure it is.</summary>
/// <param name="Mean">0 to 1.</param>
/// <param name="Error">Its standard error.</param>
internal readonly record struct Recalls(double Mean, double Error)
{
    /// <summary>Measures what was found for a run of queries, k rows each.</summary>
    public static Recalls Of(GroundTruth truth, int firstQuery, int count, int k, int[] found)
    {
        var each = new double[count];
        Parallel.For(0, count, i => each[i] = truth.Recall(firstQuery + i, found.AsSpan(i * k, k)));
        double mean = each.Average(), squares = each.Sum(r => (r - mean) * (r - mean));
        return new Recalls(mean, Math.Sqrt(squares / Math.Max(1, count - 1) / count));
    }
}
