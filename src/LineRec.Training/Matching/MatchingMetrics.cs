namespace LineRec.Training;

/// <summary>
/// How well a model ranks all items for users whose test items are known; items of the user's history are left out of the ranking.
/// Means over the users that have a test item.
/// </summary>
/// <param name="Recall">Test items among the first K, over all test items of the user.</param>
/// <param name="Ndcg">Normalised discounted cumulative gain of the first K: each test item gains 1, the ideal has min(K, test items) of them.</param>
/// <param name="Users">How many users the means are over.</param>
public readonly record struct MatchingMetrics(double Recall, double Ndcg, int Users)
{
    private const int BlockUsers = 64;

    /// <summary>Measures a model. Scores are compared as floats, ties go to the smaller item number, NaN comes last.</summary>
    /// <param name="model">The model.</param>
    /// <param name="history">What the model may know of each user; left out of the ranking.</param>
    /// <param name="test">What is to be found.</param>
    /// <param name="k">How many items count. 1 or more.</param>
    /// <param name="threads">How many threads work; the result is the same for any number.</param>
    /// <param name="maxUsers">How many users are looked at, the most, evenly spread over their numbers.</param>
    /// <exception cref="ArgumentException">The matrices or the model differ in shape.</exception>
    public static MatchingMetrics Evaluate(IMatchingModel model, InteractionMatrix history, InteractionMatrix test, int k, int threads, int maxUsers = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxUsers, 1);
        if (history.UserCount != test.UserCount || history.ItemCount != test.ItemCount)
            throw new ArgumentException($"The history is {history.UserCount} × {history.ItemCount}, the test {test.UserCount} × {test.ItemCount}; read both with one call so that they are of one shape.", nameof(test));
        if (model.ItemCount != history.ItemCount)
            throw new ArgumentException($"The model scores {model.ItemCount} items, the history has {history.ItemCount}.", nameof(model));
        int[] users = UsersOf(test, maxUsers);
        int blocks = (users.Length + BlockUsers - 1) / BlockUsers;
        double[] recalls = new double[users.Length], gains = new double[users.Length];
        new Workers(threads).For(blocks, block =>
        {
            int from = block * BlockUsers, count = Math.Min(BlockUsers, users.Length - from);
            var scores = System.Buffers.ArrayPool<float>.Shared.Rent(count * model.ItemCount);
            model.Score(users.AsSpan(from, count), history, scores.AsSpan(0, count * model.ItemCount));
            for (int i = 0; i < count; i++)
                (recalls[from + i], gains[from + i]) = OfUser(scores.AsSpan(i * model.ItemCount, model.ItemCount), history.ItemsOf(users[from + i]), test.ItemsOf(users[from + i]), k);
            System.Buffers.ArrayPool<float>.Shared.Return(scores);
        });
        return users.Length == 0 ? default : new MatchingMetrics(recalls.Average(), gains.Average(), users.Length);
    }

    /// <summary>The users with a test item, at most so many, evenly spread.</summary>
    internal static int[] UsersOf(InteractionMatrix test, int maxUsers)
    {
        int[] users = [.. Enumerable.Range(0, test.UserCount).Where(u => test.ItemsOf(u).Length > 0)];
        return users.Length <= maxUsers ? users : [.. Enumerable.Range(0, maxUsers).Select(i => users[(int)((long)i * users.Length / maxUsers)])];
    }

    /// <summary>Recall and NDCG of one user. Overwrites the scores of the history.</summary>
    internal static (double Recall, double Ndcg) OfUser(Span<float> scores, ReadOnlySpan<int> history, ReadOnlySpan<int> targets, int k)
    {
        Span<int> top = k <= 256 ? stackalloc int[k] : new int[k];
        int found = TopItems.Find(scores, history, top), hits = 0;
        double gain = 0, ideal = 0;
        for (int rank = 0; rank < found; rank++)
        {
            if (targets.BinarySearch(top[rank]) < 0) continue;
            hits++;
            gain += 1 / Math.Log2(rank + 2);
        }

        for (int rank = 0; rank < Math.Min(k, targets.Length); rank++) ideal += 1 / Math.Log2(rank + 2);
        return ((double)hits / targets.Length, gain / ideal);
    }
}
