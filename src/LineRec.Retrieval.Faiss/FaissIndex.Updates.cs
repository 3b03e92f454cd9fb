using LineRec.Retrieval.Faiss.Rows;

namespace LineRec.Retrieval.Faiss;

public sealed unsafe partial class FaissIndex
{
    /// <inheritdoc/>
    /// <remarks>The vector that it replaces stays in FAISS's memory, filtered out.</remarks>
    /// <exception cref="InvalidOperationException">The index isn't trained.</exception>
    /// <exception cref="FaissException">FAISS failed, for instance because this kind of index takes no more vectors.</exception>
    public void Set(int row, ReadOnlySpan<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        if (vector.Length != Dimension) throw new ArgumentException($"The vector has {vector.Length} values; the index's have {Dimension}.", nameof(vector));
        using var change = new Change(this);
        RequireTrained(change.Index);
        int label = _labels.LabelOf(row);
        if (AsideVectors.Takes(vector, Metric))
        {
            if (label >= 0) _labels.Kill(row);
            _aside.Set(row, vector);
            _labels.Pass(row);
            return;
        }

        // The old vector goes only once FAISS has taken the new one.
        AddRun(change.Index, row, vector);
        if (label >= 0) _labels.KillLabel(label);
        _aside.Remove(row);
    }

    /// <inheritdoc/>
    public bool Remove(int row)
    {
        using var change = new Change(this);
        return _aside.Remove(row) || _labels.Kill(row);
    }
}
