namespace LineRec.Retrieval;

/// <summary>
/// k-means by Lloyd's rounds (S. P. Lloyd, IEEE Trans. Information Theory 28, 1982) on a sample. A centroid that lost all its vectors starts anew beside a big one.
/// </summary>
internal static class KMeans
{
    /// <summary>Learns centroids. O(iterations × sample × k × dimension / what a byte scan does at once).</summary>
    /// <param name="sample">Vectors [n, dimension], n ≥ k.</param>
    /// <param name="dimension">Their length.</param>
    /// <param name="k">How many centroids.</param>
    /// <param name="iterations">Rounds.</param>
    /// <param name="threads">Threads; the result doesn't depend on it.</param>
    /// <returns>[k, dimension].</returns>
    public static float[] Learn(float[] sample, int dimension, int k, int iterations, int threads)
    {
        int n = sample.Length / dimension;
        var centroids = new float[k * dimension];
        for (int c = 0; c < k; c++) sample.AsSpan((int)((long)c * n / k) * dimension, dimension).CopyTo(centroids.AsSpan(c * dimension)); // the sample is in random order
        var nearest = new int[n];
        for (int round = 0; round < iterations; round++)
        {
            using (var scorer = new CentroidScorer(centroids, dimension)) Assign(sample, dimension, scorer, nearest, threads);
            Move(sample, dimension, nearest, centroids, k);
        }

        return centroids;
    }

    private static void Assign(float[] sample, int dimension, CentroidScorer scorer, int[] nearest, int threads)
    {
        const int Chunk = 4096;
        int chunks = (nearest.Length + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new CentroidScorer.Scratch(scorer), (chunk, _, scratch) =>
        {
            for (int i = chunk * Chunk; i < Math.Min(nearest.Length, (chunk + 1) * Chunk); i++) nearest[i] = scorer.Nearest(sample.AsSpan(i * dimension, dimension), scratch, verify: false);
            return scratch;
        }, _ => { });
    }

    private static void Move(float[] sample, int dimension, int[] nearest, float[] centroids, int k)
    {
        var sums = new double[k * dimension];
        var counts = new int[k];
        for (int i = 0; i < nearest.Length; i++)
        {
            counts[nearest[i]]++;
            var sum = sums.AsSpan(nearest[i] * dimension, dimension);
            var vector = sample.AsSpan(i * dimension, dimension);
            for (int j = 0; j < dimension; j++) sum[j] += vector[j];
        }

        int[] bySize = [.. Enumerable.Range(0, k).OrderByDescending(c => counts[c]).ThenBy(c => c)];
        int donor = 0;
        for (int c = 0; c < k; c++)
        {
            var centroid = centroids.AsSpan(c * dimension, dimension);
            if (counts[c] > 0)
            {
                for (int j = 0; j < dimension; j++) centroid[j] = (float)(sums[(c * dimension) + j] / counts[c]);
                continue;
            }

            int big = bySize[donor++ % k];
            for (int j = 0; j < dimension; j++) centroid[j] = (float)(sums[(big * dimension) + j] / Math.Max(1, counts[big])) * (1 + (((j + c) % 2 == 0 ? 1 : -1) * 1e-3f));
        }
    }
}
