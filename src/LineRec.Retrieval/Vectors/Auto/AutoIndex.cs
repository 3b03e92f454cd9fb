namespace LineRec.Retrieval;

/// <summary>An index that <see cref="VectorIndex.Auto"/> chose.</summary>
/// <remarks>Thread-safe; a search that isn't watched allocates nothing.</remarks>
public sealed class AutoIndex : IVectorIndex, IDisposable
{
    private readonly RecallWatch? _watch;

    internal AutoIndex(IVectorIndex inner, IVectorIndex? exact, AutoIndexChoice choice, AutoIndexOptions options)
    {
        (Inner, Choice) = (inner, choice);
        if (exact is not null && options.LiveShare > 0) _watch = new RecallWatch(exact, options.LiveShare, options.Name);
    }

    /// <summary>What was chosen, why, and what was measured.</summary>
    public AutoIndexChoice Choice { get; }

    /// <summary>The index chosen: a <see cref="FlatIndex"/> or an <see cref="IvfIndex"/>, which can be saved and takes updates.</summary>
    public IVectorIndex Inner { get; }

    /// <summary>The mean recall of the searches done again exactly so far; NaN before the first. An exact index isn't watched.</summary>
    public double LiveRecall => _watch?.Mean ?? double.NaN;

    /// <summary>How many searches were done again exactly so far.</summary>
    public long LiveSearches => _watch?.Count ?? 0;

    /// <inheritdoc/>
    public int Count => Inner.Count;

    /// <inheritdoc/>
    public int Dimension => Inner.Dimension;

    /// <inheritdoc/>
    public VectorMetric Metric => Inner.Metric;

    /// <inheritdoc/>
    public bool IsExact => Inner.IsExact;

    /// <inheritdoc/>
    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        int found = Inner.Search(query, rows, scores, eligible);
        _watch?.Offer(query, rows[..found], eligible);
        return found;
    }

    /// <inheritdoc/>
    public void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null) => Inner.SearchBatch(queries, k, rows, scores, eligible);

    /// <summary>Ends the watch and releases the index.</summary>
    public void Dispose()
    {
        _watch?.Dispose();
        (Inner as IDisposable)?.Dispose();
    }
}
