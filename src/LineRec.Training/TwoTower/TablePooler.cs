using System.Numerics.Tensors;
using LineRec.Features;

namespace LineRec.Training;

/// <summary>Pools histories over a table in training, with the arithmetic of <see cref="LineRec.Features.HistoryPooler"/>, which serves.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TablePooler(HistoryPooling pooling, EmbeddingTable table)
{
    private readonly int[] _rows = new int[pooling.Last];
    private readonly float[] _weights = new float[pooling.Last];

    /// <summary>The weighted sum of the rows that a history pools.</summary>
    /// <param name="rows">The events' item rows, oldest first.</param>
    /// <param name="types">The events' types.</param>
    /// <param name="sum">Receives the sum; zeros for a history that pools nothing.</param>
    /// <returns>How many rows were pooled.</returns>
    public int Pool(ReadOnlySpan<int> rows, ReadOnlySpan<EventType> types, Span<float> sum)
    {
        sum.Clear();
        int count = pooling.Select(rows, types, _rows, _weights);
        for (int i = 0; i < count; i++) TensorPrimitives.MultiplyAdd(table[_rows[i]], _weights[i], sum, sum);
        return count;
    }
}
