namespace LineRec.Training.Tests;

/// <summary>Users and items in groups: a user's items are mostly of its group, and a few of each group are popular.</summary>
internal static class BlockSet
{
    public const int Users = 240, Items = 160, Groups = 8;

    public static (InteractionMatrix Train, InteractionMatrix Test) Make(int seed = 3)
    {
        var random = new Random(seed);
        List<int> users = [], items = [];
        for (int user = 0; user < Users; user++)
        {
            int size = Items / Groups, group = user % Groups;
            for (int n = 0; n < 9; n++)
            {
                double skewed = random.NextDouble() * random.NextDouble();
                int of = random.NextDouble() < 0.85 ? group : random.Next(Groups);
                users.Add(user);
                items.Add((of * size) + (int)(skewed * size));
            }
        }

        return InteractionMatrix.FromPairs(users.ToArray(), items.ToArray(), Users, Items).HoldOut(0.3, seed);
    }

    public static float[] Scores(this IMatchingModel model, int user, ReadOnlySpan<int> history)
    {
        var scores = new float[model.ItemCount];
        model.Score(user, history, scores);
        return scores;
    }

    /// <summary>The matrix as dense rows of zeros and ones.</summary>
    public static double[,] Dense(this InteractionMatrix matrix)
    {
        var dense = new double[matrix.UserCount, matrix.ItemCount];
        for (int user = 0; user < matrix.UserCount; user++)
            foreach (int item in matrix.ItemsOf(user)) dense[user, item] = 1;
        return dense;
    }

    /// <summary>The inverse by Gauss and Jordan, in double precision.</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), inverse = new double[n, n];
        for (int i = 0; i < n; i++) inverse[i, i] = 1;
        for (int k = 0; k < n; k++)
        {
            double pivot = a[k, k];
            for (int j = 0; j < n; j++) (a[k, j], inverse[k, j]) = (a[k, j] / pivot, inverse[k, j] / pivot);
            for (int i = 0; i < n; i++)
            {
                double factor = a[i, k];
                if (i == k || factor == 0) continue;
                for (int j = 0; j < n; j++) (a[i, j], inverse[i, j]) = (a[i, j] - (factor * a[k, j]), inverse[i, j] - (factor * inverse[k, j]));
            }
        }

        return inverse;
    }
}
