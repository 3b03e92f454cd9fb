namespace LineRec.Training;

/// <summary>Trains one pair of towers.</summary>
internal sealed class MatchingTowerTraining
{
    private const float FirstItemScale = 0.05f, FirstIdRange = 0.01f;
    private readonly MatchingTowerOptions _options;
    private readonly InteractionMatrix _matrix;
    private readonly int[] _users;
    private readonly MatchingTowerTable _items;
    private readonly MatchingTowerTable? _ids;
    private readonly MatchingTowerStep _step;
    private readonly MatchingTowerBatch _batch;
    private readonly NegativeSampler _sampler;
    private readonly LearningRateSchedule _rates;
    private readonly Random _random;
    private readonly float _negativeWeight;
    private int _steps;

    public MatchingTowerTraining(InteractionMatrix matrix, MatchingTowerOptions options, Workers workers)
    {
        options.Validate();
        (_matrix, _options, _random, _batch) = (matrix, options, new Random(options.Seed), new MatchingTowerBatch(matrix));
        _users = [.. Enumerable.Range(0, matrix.UserCount).Where(u => matrix.ItemsOf(u).Length > 0)];
        int[] items = [.. Enumerable.Range(0, matrix.ItemCount).Where(i => matrix.UsersOf(i).Length > 0)];
        if (_users.Length == 0) throw new ArgumentException("There is no interaction to train on; the matrix must have one pair at least.", nameof(matrix));
        int width = options.Dimension, negatives = Math.Min(options.Negatives, items.Length);
        _items = new MatchingTowerTable(Gaussian.Draw(_random, checked(matrix.ItemCount * width), FirstItemScale), width);
        if (options.UserPart != MatchingUserPart.History) _ids = new MatchingTowerTable(Uniform(checked(matrix.UserCount * width)), width);
        _sampler = new NegativeSampler(items, _random);
        _negativeWeight = (float)items.Length / negatives;
        _step = new MatchingTowerStep(options, _items, _ids, negatives, workers);
        StepsPerEpoch = (_users.Length + options.BatchUsers - 1) / options.BatchUsers;
        int steps = StepsPerEpoch * options.Epochs;
        _rates = new LearningRateSchedule(options.LearningRate, Math.Min(options.WarmUpSteps, steps / 10), steps);
    }

    public int StepsPerEpoch { get; }

    /// <summary>Goes once through the users, in a new order.</summary>
    /// <returns>The mean loss of a positive.</returns>
    public double RunEpoch(CancellationToken cancellation = default)
    {
        _random.Shuffle(_users);
        double loss = 0;
        for (int from = 0; from < _users.Length; from += _options.BatchUsers)
        {
            cancellation.ThrowIfCancellationRequested();
            loss += RunStep(_users.AsSpan(from, Math.Min(_options.BatchUsers, _users.Length - from)));
        }

        return loss / StepsPerEpoch;
    }

    /// <summary>Does the first steps of an epoch, to see how long they take.</summary>
    public void RunSteps(int count)
    {
        for (int i = 0; i < Math.Min(count, StepsPerEpoch); i++)
            RunStep(_users.AsSpan(i * _options.BatchUsers, Math.Min(_options.BatchUsers, _users.Length - (i * _options.BatchUsers))));
    }

    /// <summary>What has been learnt so far.</summary>
    /// <param name="popularityPower">See <see cref="MatchingTowerModel.PopularityPower"/>.</param>
    public MatchingTowerModel Model(double popularityPower) =>
        new(_options.UserPart, _options.Dimension, [.. _items.Values], _ids is null ? [] : [.. _ids.Values], _matrix, popularityPower);

    private double RunStep(ReadOnlySpan<int> users)
    {
        _batch.Set(users, _sampler.Next(_options.Negatives));
        float rate = AdamUpdate.CorrectedRate(_rates.At(_steps), _steps + 1);
        _steps++;
        return _step.Run(_batch, _negativeWeight, rate);
    }

    private float[] Uniform(int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = FirstIdRange * ((2 * _random.NextSingle()) - 1);
        return values;
    }
}
