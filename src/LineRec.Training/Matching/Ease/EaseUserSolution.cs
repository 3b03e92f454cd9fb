namespace LineRec.Training;

/// <summary>
/// EASE by the Gram matrix of the users: with K = (XXᵀ + λI)⁻¹, Woodbury's identity gives P = (I − Xᵀ K X) / λ. For a user u of the training
/// x·P = K[u]·X, so that scoring costs one pass over the interactions; another history h needs h·Xᵀ K first.
/// </summary>
internal sealed class EaseUserSolution : IEaseSolution
{
    private readonly InteractionMatrix _train;
    private readonly double _regularisation;
    private readonly SymmetricTiles _inverse;
    private readonly float[] _diagonal;

    public EaseUserSolution(InteractionMatrix train, double regularisation, Workers workers, IProgress<double>? progress)
    {
        (_train, _regularisation, _inverse) = (train, regularisation, new SymmetricTiles(train.UserCount));
        for (int user = 0; user < train.UserCount; user++) FillRow(user);
        SymmetricInverse.Invert(_inverse, workers, progress);
        _diagonal = new float[train.ItemCount];
        workers.For(train.ItemCount, item => _diagonal[item] = Diagonal(item));
    }

    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        var weights = new float[_train.UserCount];
        bool known = (uint)user < (uint)_train.UserCount && history.SequenceEqual(_train.ItemsOf(user));
        if (known) _inverse.AddRow(user, 1, weights);
        else Weigh(history, weights);
        for (int item = 0; item < scores.Length; item++)
        {
            float sum = 0;
            foreach (int other in _train.UsersOf(item)) sum += weights[other];
            scores[item] = -sum / _diagonal[item];
        }

        foreach (int item in history) scores[item] += known ? 1 : 1 - (float)(1 / (_regularisation * _diagonal[item]));
    }

    // −(h·Xᵀ) K / λ; the rest of x·P, h / λ, lies on the history only.
    private void Weigh(ReadOnlySpan<int> history, float[] weights)
    {
        var common = new SortedDictionary<int, int>();
        foreach (int item in history)
            foreach (int other in _train.UsersOf(item)) common[other] = common.GetValueOrDefault(other) + 1;
        foreach (var (other, count) in common) _inverse.AddRow(other, (float)(-count / _regularisation), weights);
    }

    private void FillRow(int user)
    {
        foreach (int item in _train.ItemsOf(user))
        {
            foreach (int other in _train.UsersOf(item))
                _inverse.Count(user, other);
        }

        _inverse[user, user] += (float)_regularisation;
    }

    // P[j,j] = (1 − Σ K over pairs of the item's users) / λ.
    private float Diagonal(int item)
    {
        double sum = 0;
        var users = _train.UsersOf(item);
        for (int a = 0; a < users.Length; a++)
        {
            sum += _inverse[users[a], users[a]];
            for (int b = 0; b < a; b++) sum += 2 * _inverse[users[a], users[b]];
        }

        return (float)((1 - sum) / _regularisation);
    }
}
