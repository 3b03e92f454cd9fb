using System.Numerics.Tensors;

namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>Vectors that FAISS can't be given: those with a value that isn't finite, and for the cosine those of length 0. There are few or none.</summary>
internal sealed class AsideVectors
{
    private readonly SortedList<int, float[]> _vectors = [];

    /// <summary>How many.</summary>
    public int Count => _vectors.Count;

    /// <summary>Whether a vector must be kept here.</summary>
    public static bool Takes(ReadOnlySpan<float> vector, VectorMetric metric)
    {
        if (metric == VectorMetric.Cosine) return !(VectorScore.Length(vector) is > 0 and < double.PositiveInfinity);
        // A sum of sizes is NaN or infinite if a value is; it may overflow too, then the values are looked at one by one.
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(vector))) return false;
        foreach (float value in vector)
        {
            if (!float.IsFinite(value)) return true;
        }

        return false;
    }

    /// <summary>Keeps a row's vector.</summary>
    public void Set(int row, ReadOnlySpan<float> vector) => _vectors[row] = vector.ToArray();

    /// <summary>Forgets a row's vector.</summary>
    public bool Remove(int row) => _vectors.Remove(row);

    /// <summary>Whether a row is here.</summary>
    public bool Has(int row) => _vectors.ContainsKey(row);

    /// <summary>Row and score of one of them.</summary>
    /// <param name="at">0 to Count - 1.</param>
    /// <param name="query">The query; normalised for the cosine.</param>
    /// <param name="metric">What a score is.</param>
    public (int Row, float Score) Score(int at, ReadOnlySpan<float> query, VectorMetric metric)
    {
        float[] vector = _vectors.Values[at];
        return (_vectors.Keys[at], metric == VectorMetric.Cosine ? float.NaN : VectorScore.Of(query, vector, metric));
    }

    /// <summary>Writes them.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var (row, vector) in _vectors)
        {
            writer.Write(row);
            foreach (float value in vector) writer.Write(value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It doesn't fit together.</exception>
    public static AsideVectors Read(BinaryReader reader, int dimension)
    {
        var aside = new AsideVectors();
        int count = reader.ReadInt32();
        if (count < 0 || count * 4L * (dimension + 1L) > reader.BaseStream.Length - reader.BaseStream.Position) throw new InvalidDataException("its vectors kept aside don't fit its size");
        for (int i = 0; i < count; i++)
        {
            int row = reader.ReadInt32();
            var vector = new float[dimension];
            for (int d = 0; d < dimension; d++) vector[d] = reader.ReadSingle();
            aside._vectors[row] = vector;
        }

        return aside;
    }
}
