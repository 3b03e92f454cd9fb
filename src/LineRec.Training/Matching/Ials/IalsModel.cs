namespace LineRec.Training;

/// <summary>
/// Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren and Volinsky 2008), with the unobserved weight and the
/// frequency-scaled regularisation of Rendle et al. 2021, "Revisiting the Performance of iALS". A user is encoded from its history alone.
/// </summary>
public sealed class IalsModel : IVectorModel
{
    private const int EncodingSteps = 20;
    private readonly IalsOptions _options;
    private readonly float[] _users;
    private readonly InteractionMatrix _train;
    private readonly VectorScores _scores;
    private readonly Lazy<PackedMatrix> _gram;

    /// <summary>Trains.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">How many threads work; the model is the same for any number.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    public IalsModel(InteractionMatrix train, IalsOptions options, int threads, IProgress<double>? progress = null)
    {
        options.Validate();
        (_options, _train) = (options, train);
        var random = new Random(options.Seed);
        double deviation = 0.1 / Math.Sqrt(options.Dimension);
        var items = Gaussian.Draw(random, checked(train.ItemCount * options.Dimension), deviation);
        _users = new float[checked(train.UserCount * options.Dimension)];
        var solver = new IalsSolver(options, new Workers(threads));
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            solver.Solve(_users, train.ItemsOf, items);
            solver.Solve(items, train.UsersOf, _users);
            progress?.Report((epoch + 1.0) / options.Epochs);
        }

        solver.Solve(_users, train.ItemsOf, items);
        _scores = new VectorScores(items, options.Dimension);
        _gram = new Lazy<PackedMatrix>(() => solver.Gram(items));
    }

    /// <inheritdoc/>
    public int Dimension => _options.Dimension;

    /// <inheritdoc/>
    public int ItemCount => _train.ItemCount;

    /// <inheritdoc/>
    public ReadOnlyMemory<float> ItemVectors => _scores.Vectors;

    /// <inheritdoc/>
    /// <remarks>Copied where the history is the one of training; solved for otherwise.</remarks>
    public void EncodeUser(int user, ReadOnlySpan<int> history, Span<float> vector)
    {
        if ((uint)user < (uint)_train.UserCount && history.SequenceEqual(_train.ItemsOf(user)))
        {
            _users.AsSpan(user * Dimension, Dimension).CopyTo(vector);
            return;
        }

        vector.Clear();
        int[] items = history.ToArray();
        new IalsBlock(_options with { ConjugateSteps = EncodingSteps }, _gram.Value, _scores.Values, ItemCount, _ => items, 0, 1).Solve(vector);
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
