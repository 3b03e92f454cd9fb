using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>What an index holds at every version: each row's vectors with the versions that set or removed them. One thread writes, many read.</summary>
internal sealed class SoakModel
{
    private readonly State[][] _rows;
    private readonly int _dimension;
    private int _started;
    private int _ended;

    public SoakModel(NpyMatrix<float> vectors, int capacity)
    {
        _dimension = vectors.Columns;
        _rows = [.. Enumerable.Range(0, capacity).Select(row => row < vectors.Rows ? new[] { new State(0, vectors[row].ToArray()) } : [])];
    }

    /// <summary>The newest version whose change has begun; a search that ends now has seen nothing newer.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>The newest version whose change has ended; a search that begins now sees it.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Makes a change to the index, and remembers it as a version.</summary>
    public void Change(int row, float[]? vector, Action change)
    {
        int version = _started + 1;

        // Older versions than the last few can be forgotten: no search takes that long.
        var states = _rows[row].Append(new State(version, vector));
        var kept = states.Where((s, i) => i + 1 >= _rows[row].Length || s.Version > version - 2_000).ToArray();
        Volatile.Write(ref _rows[row], kept);
        Volatile.Write(ref _started, version);
        change();
        Volatile.Write(ref _ended, version);
    }

    public float[]? Newest(int row) => _rows[row].Length == 0 ? null : _rows[row][^1].Vector;

    /// <summary>The answer of brute force at a version.</summary>
    public ulong[] Answer(float[] query, int k, int version)
    {
        float[] values = new float[_rows.Length * _dimension];
        var held = new RowSet(_rows.Length);
        for (int row = 0; row < _rows.Length; row++)
        {
            var states = Volatile.Read(ref _rows[row]);
            float[]? vector = states.LastOrDefault(s => s.Version <= version)?.Vector;
            if (vector is null) continue;
            vector.CopyTo(values, row * _dimension);
            held.Add(row);
        }

        using var matrix = new NpyMatrix<float>(values, _dimension);
        return Keys(new FlatIndex(matrix), query, k, held);
    }

    /// <summary>An answer as numbers: the scores' bits and the rows.</summary>
    public static ulong[] Keys(IVectorIndex index, float[] query, int k, RowSet? eligible)
    {
        var (rows, scores) = (new int[k], new float[k]);
        int found = index.Search(query, rows, scores, eligible);
        return [.. rows.Zip(scores, (row, score) => ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) | (uint)row).Take(found)];
    }

    private sealed record State(int Version, float[]? Vector);
}
