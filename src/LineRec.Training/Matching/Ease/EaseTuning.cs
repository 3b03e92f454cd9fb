namespace LineRec.Training;

/// <summary>Chooses EASE's ridge on validation.</summary>
public static class EaseTuning
{
    private const int MaxItems = 4000, MaxUsers = 4000;
    private static readonly double[] Grid = [20, 50, 100, 200, 400, 800, 1600];

    /// <summary>The ridge of the best recall at 20, tried on the 4,000 most popular items alone: seven inverses of the whole would take minutes each.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="validation">What is to be found; at most 4,000 users are looked at.</param>
    /// <param name="threads">How many threads work; the result is the same for any number.</param>
    public static EaseOptions Tune(InteractionMatrix train, InteractionMatrix validation, int threads)
    {
        int[] items = train.MostPopular(MaxItems);
        InteractionMatrix part = Only(train, items), target = Only(validation, items);
        double best = Grid.MaxBy(ridge => MatchingMetrics.Evaluate(new EaseModel(part, new EaseOptions { Regularisation = ridge }, threads), part, target, 20, threads, MaxUsers).Recall);
        return new EaseOptions { Regularisation = best };
    }

    private static InteractionMatrix Only(InteractionMatrix matrix, int[] items)
    {
        List<int> users = [], columns = [];
        for (int column = 0; column < items.Length; column++)
        {
            foreach (int user in matrix.UsersOf(items[column]))
            {
                users.Add(user);
                columns.Add(column);
            }
        }

        return InteractionMatrix.FromPairs(users.ToArray(), columns.ToArray(), matrix.UserCount, items.Length);
    }
}
