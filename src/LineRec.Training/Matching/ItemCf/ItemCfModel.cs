using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// Item-to-item collaborative filtering: a candidate's score is the sum of its co-occurrences with the history, each divided by a power of both
/// items' numbers of users (Sarwar et al. 2001; the user weight after Breese et al. 1998). Serves users who weren't in training.
/// </summary>
public sealed class ItemCfModel : IMatchingModel
{
    private readonly ItemCfNeighbours _neighbours;
    private readonly float[] _queryFactors;
    private readonly float[] _candidateFactors;

    /// <summary>Counts co-occurrences.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="options">How they count.</param>
    /// <param name="threads">How many threads work; the model is the same for any number.</param>
    public ItemCfModel(InteractionMatrix train, ItemCfOptions options, int threads)
        : this(train, options, Neighbours(train, options, threads))
    {
    }

    internal ItemCfModel(InteractionMatrix train, ItemCfOptions options, ItemCfNeighbours neighbours)
    {
        (Options, _neighbours) = (options, neighbours);
        _queryFactors = Factors(train, options.QueryPower);
        _candidateFactors = Factors(train, options.CandidatePower);
    }

    /// <summary>How co-occurrences count.</summary>
    public ItemCfOptions Options { get; }

    /// <inheritdoc/>
    public int ItemCount => _candidateFactors.Length;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        scores.Clear();
        foreach (int item in history)
        {
            ReadOnlySpan<int> others = _neighbours.ItemsOf(item);
            ReadOnlySpan<float> weights = _neighbours.WeightsOf(item);
            float factor = _queryFactors[item];
            for (int i = 0; i < others.Length; i++) scores[others[i]] += weights[i] * factor;
        }

        TensorPrimitives.Multiply(scores, _candidateFactors, scores);
    }

    private static ItemCfNeighbours Neighbours(InteractionMatrix train, ItemCfOptions options, int threads)
    {
        options.Validate();
        return new ItemCfNeighbours(train, options.ActivityPower, options.MaxNeighbours, new Workers(threads));
    }

    private static float[] Factors(InteractionMatrix train, double power) =>
        [.. Enumerable.Range(0, train.ItemCount).Select(i => (float)Math.Pow(Math.Max(1, train.UsersOf(i).Length), -power))];
}
