using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>Several towers as one: their vectors one after the other, an item's multiplied by its tower's weight, so that one inner product is the weighted sum of the scores.</summary>
public sealed class MatchingTwoTowerModel : IVectorModel
{
    private readonly VectorScores _scores;

    /// <summary>Joins towers.</summary>
    /// <param name="towers">Towers over the same items.</param>
    /// <param name="weights">The weight of each.</param>
    public MatchingTwoTowerModel(IReadOnlyList<MatchingTowerModel> towers, IReadOnlyList<double> weights)
    {
        if (towers.Count == 0 || towers.Count != weights.Count) throw new ArgumentException($"There are {towers.Count} towers and {weights.Count} weights; there must be as many of each, and one at least.", nameof(weights));
        if (towers.Any(t => t.ItemCount != towers[0].ItemCount)) throw new ArgumentException($"The towers have {string.Join(", ", towers.Select(t => t.ItemCount))} items; they must have the same.", nameof(towers));
        (Towers, Weights, Dimension) = (towers, weights, towers.Sum(t => t.Dimension));
        var vectors = new float[checked(ItemCount * Dimension)];
        for (int item = 0; item < ItemCount; item++)
        {
            for (int tower = 0, at = item * Dimension; tower < towers.Count; at += towers[tower].Dimension, tower++)
            {
                int width = towers[tower].Dimension;
                TensorPrimitives.Multiply(towers[tower].ItemVectors.Span.Slice(item * width, width), (float)weights[tower], vectors.AsSpan(at, width));
            }
        }

        _scores = new VectorScores(vectors, Dimension);
    }

    /// <summary>The towers.</summary>
    public IReadOnlyList<MatchingTowerModel> Towers { get; }

    /// <summary>The weight of each tower's score.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int ItemCount => Towers[0].ItemCount;

    /// <inheritdoc/>
    public ReadOnlyMemory<float> ItemVectors => _scores.Vectors;

    /// <inheritdoc/>
    public void EncodeUser(int user, ReadOnlySpan<int> history, Span<float> vector)
    {
        int at = 0;
        foreach (var tower in Towers)
        {
            tower.EncodeUser(user, history, vector.Slice(at, tower.Dimension));
            at += tower.Dimension;
        }
    }

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        var vector = new float[Dimension];
        EncodeUser(user, history, vector);
        _scores.Score(vector, 1, scores);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, InteractionMatrix histories, Span<float> scores) => _scores.Score(this, users, histories, scores);
}
