using System.Buffers;
using System.Numerics.Tensors;

namespace LineRec.Features;

/// <summary>Pools a user's history into one vector, or gathers its rows one by one: <see cref="HistoryPooling"/> over a given table.</summary>
/// <remarks>Immutable and thread-safe; a call allocates nothing after warm-up.</remarks>
public sealed class HistoryPooler
{
    private readonly HistoryPooling _pooling;
    private readonly NpyMatrix<float> _table;

    /// <summary>Creates a pooler.</summary>
    /// <param name="pooling">What is pooled, and how.</param>
    /// <param name="table">The embedding table [items, d], row-aligned with the catalog. It isn't disposed here.</param>
    /// <exception cref="ArgumentException">The pooling is out of range.</exception>
    public HistoryPooler(HistoryPooling pooling, NpyMatrix<float> table)
    {
        pooling.Validate();
        (_pooling, _table) = (pooling, table);
    }

    /// <summary>The vector's length d.</summary>
    public int Dimension => _table.Columns;

    /// <summary>Computes Σ weight × row over the picked items. O(events looked at × Last + Last × d).</summary>
    /// <param name="history">The events, oldest first.</param>
    /// <param name="vector">Receives <see cref="Dimension"/> values; zeros where nothing is pooled.</param>
    /// <returns>False where the history has no event that is pooled.</returns>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public bool TryPool(UserHistory history, Span<float> vector)
    {
        if (vector.Length != Dimension) throw new ArgumentException($"The vector has {vector.Length} values; the table '{_pooling.Table}' has {Dimension} columns.", nameof(vector));
        vector.Clear();
        int[] rows = ArrayPool<int>.Shared.Rent(_pooling.Last);
        float[] weights = ArrayPool<float>.Shared.Rent(_pooling.Last);
        int count = _pooling.Select(history.Rows, history.Types, rows, weights);
        for (int i = 0; i < count; i++) TensorPrimitives.MultiplyAdd(_table[rows[i]], weights[i], vector, vector);
        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<float>.Shared.Return(weights);
        return count > 0;
    }

    /// <summary>Copies the picked rows one after the other, for a model that reads them itself. O(events looked at × Last + Last × d).</summary>
    /// <param name="history">The events, oldest first.</param>
    /// <param name="rows">Receives <see cref="HistoryPooling.Last"/> × <see cref="Dimension"/> values, newest first; zeros behind the last row.</param>
    /// <param name="weights">Receives <see cref="HistoryPooling.Last"/> weights; 0 behind the last row.</param>
    /// <returns>False where the history has no event that is picked.</returns>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public bool TryGather(UserHistory history, Span<float> rows, Span<float> weights)
    {
        if (rows.Length != _pooling.Last * Dimension || weights.Length != _pooling.Last)
            throw new ArgumentException($"There is room for {rows.Length} values and {weights.Length} weights; {_pooling.Last} rows of table '{_pooling.Table}' are {_pooling.Last * Dimension} values with {_pooling.Last} weights.");
        int[] picked = ArrayPool<int>.Shared.Rent(_pooling.Last);
        int count = _pooling.Select(history.Rows, history.Types, picked, weights);
        for (int i = 0; i < count; i++) _table[picked[i]].CopyTo(rows[(i * Dimension)..]);
        ArrayPool<int>.Shared.Return(picked);
        rows[(count * Dimension)..].Clear();
        weights[count..].Clear();
        return count > 0;
    }
}
