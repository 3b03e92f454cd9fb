namespace LineRec.Retrieval;

/// <summary>Makes the vector index that suits.</summary>
public static class VectorIndex
{
    /// <summary>Up to so many vectors, reading them all is as quick as anything.</summary>
    internal const int Few = 20_000;

    /// <summary>An exact index: <see cref="FlatIndex"/> for few vectors, an <see cref="IvfIndex"/> with exact probes for many.</summary>
    /// <param name="vectors">Vectors [items, dimension]; not copied, and must outlive the index.</param>
    /// <param name="metric">What a score is.</param>
    public static IVectorIndex Exact(NpyMatrix<float> vectors, VectorMetric metric = VectorMetric.InnerProduct) =>
        vectors.Rows <= Few ? new FlatIndex(vectors, metric) : IvfIndex.Build(vectors, new IvfOptions { Metric = metric, Probe = IvfProbe.Exact });

    /// <summary>
    /// Chooses, builds and tunes an index: the quickest exact one where it keeps the latency budget, else the quickest settings of an approximate one that reach the recall target on sample
    /// queries; says what it chose and what it measured on other queries; and lets production recall be watched.
    /// </summary>
    /// <param name="vectors">Vectors [items, dimension]; not copied, and must outlive the index.</param>
    /// <param name="options">What to reach; null for the defaults.</param>
    /// <returns>The index, with its <see cref="AutoIndex.Choice"/>.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the queries aren't as long as the vectors, or fewer than 20.</exception>
    /// <remarks>Builds an <see cref="IvfIndex"/> and searches some thousand times: about ten seconds for a million vectors of 64 values on two processors.</remarks>
    public static AutoIndex Auto(NpyMatrix<float> vectors, AutoIndexOptions? options = null) => new AutoTuner(vectors, options ?? new(), TimeProvider.System).Run();
}
