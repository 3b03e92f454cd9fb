using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// A trained pair of towers on user and item numbers: the score is the cosine of the user's and the item's vector, times a power of the item's
/// number of users in training. Items that nobody had in training score 0.
/// </summary>
public sealed class MatchingTowerModel : IVectorModel
{
    private readonly float[] _rawItems;
    private readonly float[] _ids;
    private readonly VectorScores _scores;

    internal MatchingTowerModel(MatchingUserPart userPart, int dimension, float[] rawItems, float[] ids, InteractionMatrix train, double popularityPower)
    {
        (UserPart, Dimension, PopularityPower, _rawItems, _ids) = (userPart, dimension, popularityPower, rawItems, ids);
        var vectors = new float[rawItems.Length];
        for (int item = 0; item < train.ItemCount; item++)
        {
            var raw = rawItems.AsSpan(item * dimension, dimension);
            int degree = train.UsersOf(item).Length;
            if (degree > 0) TensorPrimitives.Multiply(raw, (float)(Math.Pow(degree, popularityPower) / Math.Max(TensorPrimitives.Norm(raw), 1e-12f)), vectors.AsSpan(item * dimension, dimension));
        }

        _scores = new VectorScores(vectors, dimension);
    }

    /// <summary>What a user's vector is made of.</summary>
    public MatchingUserPart UserPart { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int ItemCount => _rawItems.Length / Dimension;

    /// <summary>The power of an item's number of users that its vector's length is.</summary>
    public double PopularityPower { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<float> ItemVectors => _scores.Vectors;

    /// <inheritdoc/>
    /// <remarks>The vector's length is 1. A user whose number wasn't in training has no part of its own.</remarks>
    public void EncodeUser(int user, ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        if (_ids.Length > 0 && (uint)user < (uint)(_ids.Length / Dimension))
            TensorPrimitives.Multiply(_ids.AsSpan(user * Dimension, Dimension), IdFactor(UserPart, history.Length), vector);
        if (UserPart != MatchingUserPart.Id)
            foreach (int item in history) TensorPrimitives.Add(vector, _rawItems.AsSpan(item * Dimension, Dimension), vector);
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 1e-12f) TensorPrimitives.Multiply(vector, 1 / norm, vector);
    }

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        Span<float> vector = stackalloc float[Dimension];
        EncodeUser(user, history, vector);
        _scores.Score(vector, 1, scores);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, InteractionMatrix histories, Span<float> scores) => _scores.Score(this, users, histories, scores);

    /// <summary>The same towers with another power of popularity.</summary>
    internal MatchingTowerModel WithPopularityPower(double power, InteractionMatrix train) => new(UserPart, Dimension, _rawItems, _ids, train, power);

    /// <summary>The weight of a user's own vector.</summary>
    internal static float IdFactor(MatchingUserPart part, int historyLength) => part == MatchingUserPart.HistoryAndId ? MathF.Sqrt(historyLength) : 1;
}
