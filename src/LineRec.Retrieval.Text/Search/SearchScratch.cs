using System.Buffers;

namespace LineRec.Retrieval.Text;

/// <summary>What one request's query found, so that retrieving and scoring search once and agree in every bit.</summary>
internal sealed class SearchScratch : IRequestScratch
{
    private readonly Dictionary<int, float> _keywords = [];
    private float[] _vector = [];
    private int[] _nearest = [];
    private int _length;
    private int _nearestCount;

    public bool IsComplete { get; private set; }

    /// <summary>The query's words; null where it has none.</summary>
    public PreparedQuery? Query { get; private set; }

    /// <summary>The query's vector; empty where there is none.</summary>
    public ReadOnlySpan<float> Vector => _vector.AsSpan(0, _length);

    /// <summary>The best keyword score; 0 where nothing was found.</summary>
    public float BestKeywords { get; private set; }

    /// <summary>The best cosine; NaN where there is no vector.</summary>
    public float BestCosine { get; private set; } = float.NaN;

    /// <summary>The items nearest to the query's vector.</summary>
    public ReadOnlySpan<int> Nearest => _nearest.AsSpan(0, _nearestCount);

    /// <summary>The scores of what was found by keywords, by row.</summary>
    public IReadOnlyDictionary<int, float> Keywords => _keywords;

    public void Complete(PreparedQuery? query, ReadOnlySpan<int> rows, ReadOnlySpan<float> scores)
    {
        (Query, IsComplete) = (query, true);
        BestKeywords = scores.IsEmpty ? 0f : scores[0];
        for (int i = 0; i < rows.Length; i++) _keywords.Add(rows[i], scores[i]);
    }

    /// <summary>Encodes the query and looks for the nearest items. A vector to which nothing has a cosine (zeros, NaN) is dropped.</summary>
    public void SearchVectors(TitleVectors vectors, string text, int k)
    {
        int dimension = vectors.Encoder.Dimension;
        if (_vector.Length < dimension) _vector = new float[dimension];
        if (_nearest.Length < k) _nearest = new int[k];
        var vector = _vector.AsSpan(0, dimension);
        vectors.Encoder.Encode(text, vector);
        float[] cosines = ArrayPool<float>.Shared.Rent(k);
        int found = vectors.Index.Search(vector, _nearest.AsSpan(0, k), cosines.AsSpan(0, k));
        while (found > 0 && float.IsNaN(cosines[found - 1])) found--; // NaN comes last
        (_nearestCount, _length, BestCosine) = found == 0 ? (0, 0, float.NaN) : (found, dimension, cosines[0]);
        ArrayPool<float>.Shared.Return(cosines);
    }

    public void Reset()
    {
        (Query, IsComplete, BestKeywords) = (null, false, 0f);
        (_nearestCount, _length, BestCosine) = (0, 0, float.NaN);
        _keywords.Clear();
    }
}
