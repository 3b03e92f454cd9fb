using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// A model's score plus weighted scores of others, each divided by its largest for the user among items outside the history. The division is by one
/// number a user, so that the sum stays linear in what the models give an item.
/// </summary>
public sealed class JoinedModel : IMatchingModel
{
    /// <summary>Joins models over the same items.</summary>
    /// <param name="first">Its score counts as it is.</param>
    /// <param name="others">The others with their weights; those of weight 0 aren't asked.</param>
    public JoinedModel(IMatchingModel first, params IReadOnlyList<(IMatchingModel Model, double Weight)> others)
    {
        foreach (var (model, _) in others)
            if (model.ItemCount != first.ItemCount) throw new ArgumentException($"A model scores {model.ItemCount} items, the first one {first.ItemCount}; they must score the same.", nameof(others));
        (First, Others) = (first, [.. others.Where(o => o.Weight != 0)]);
    }

    /// <summary>The model whose score counts as it is.</summary>
    public IMatchingModel First { get; }

    /// <summary>The others with their weights.</summary>
    public IReadOnlyList<(IMatchingModel Model, double Weight)> Others { get; }

    /// <inheritdoc/>
    public int ItemCount => First.ItemCount;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        First.Score(user, history, scores);
        AddOthers(user, history, scores);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, InteractionMatrix histories, Span<float> scores)
    {
        First.Score(users, histories, scores);
        for (int i = 0; i < users.Length; i++) AddOthers(users[i], histories.ItemsOf(users[i]), scores.Slice(i * ItemCount, ItemCount));
    }

    private void AddOthers(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        var part = new float[ItemCount];
        foreach (var (model, weight) in Others)
        {
            model.Score(user, history, part);
            foreach (int item in history) part[item] = 0;
            float largest = TensorPrimitives.Max<float>(part);
            if (largest > 0) TensorPrimitives.MultiplyAdd(part, (float)weight / largest, scores, scores);
        }
    }
}
