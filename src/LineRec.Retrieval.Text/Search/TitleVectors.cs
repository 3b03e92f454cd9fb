namespace LineRec.Retrieval.Text;

/// <summary>The vectors' half of a search: an encoder and the vectors of the items' texts.</summary>
internal sealed class TitleVectors
{
    private readonly FlatIndex _scorer;

    public TitleVectors(ITextEncoder encoder, IVectorIndex index, NpyMatrix<float> vectors)
    {
        if (encoder.Dimension != vectors.Columns)
            throw new ArgumentException($"The text encoder makes vectors of {encoder.Dimension} values, the items' texts have {vectors.Columns}: they come from different models.", nameof(encoder));
        if (index.Dimension != vectors.Columns || index.Count != vectors.Rows)
            throw new ArgumentException($"The index holds {index.Count} vectors of {index.Dimension} values, the matrix {vectors.Rows} of {vectors.Columns}. Build the index from these vectors.", nameof(index));
        if (index.Metric != VectorMetric.Cosine)
            throw new ArgumentException($"The index's metric is {index.Metric}; a search needs {VectorMetric.Cosine}, whose bounds are known. Build the index with it.", nameof(index));
        (Encoder, Index, _scorer) = (encoder, index, index as FlatIndex ?? new FlatIndex(vectors, VectorMetric.Cosine));
    }

    public ITextEncoder Encoder { get; }

    public IVectorIndex Index { get; }

    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> rows, Span<float> cosines) => _scorer.Score(query, rows, cosines);
}
