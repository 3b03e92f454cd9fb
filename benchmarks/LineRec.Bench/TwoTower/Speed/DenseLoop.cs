using LineRec.Features;
using TorchSharp;
using static LineRec.Training.ScalarOperations;
using static TorchSharp.torch;

namespace LineRec.Bench.TwoTower;

/// <summary>
/// The loop that one writes first: the item table is an Embedding, and one Adam goes over everything in every step. Model, loss, batches
/// and learning rates are those of LineRec's trainer: shared item table, histories summed, cosines, a sampled softmax with logQ, false
/// negatives masked, 200 steps of warm-up and then a straight fall.
/// </summary>
internal sealed class DenseLoop(TwoTowerSpeedOptions options, LineRec.Training.TwoTowerOptions model, InteractionTable events, TimeProvider time)
{
    private const double Never = -1e9, Deviation = 0.05;
    private readonly HistoryPooling _pooling = model.HistoryPooling;
    private readonly Random _random = new(options.Seed);

    public double SamplesPerSecond { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The item rows, unit length, and the users' vectors after all of their events.</summary>
    public (float[] Items, float[] Users) Train()
    {
        random.manual_seed(options.Seed);
        using var table = nn.Embedding(options.Items, options.Dimension);
        nn.init.normal_(table.weight!, 0, Deviation);
        using var adam = optim.Adam([table.weight!], model.LearningRate);
        int[] positiveOf = [.. Enumerable.Range(0, events.Count).Where(e => Array.BinarySearch(events.Offsets, e) < 0)]; // all but a user's first
        int[] userOf = [.. positiveOf.Select(e => ~Array.BinarySearch(events.Offsets, e) - 1)];
        var share = new double[options.Items];
        foreach (int e in positiveOf) share[events.Rows[e]] += 1.0 / positiveOf.Length;
        int[] seen = [.. events.Rows.Distinct()], order = [.. Enumerable.Range(0, positiveOf.Length)];
        int steps = (order.Length + options.BatchSize - 1) / options.BatchSize, all = steps * options.Epochs, warmUp = Math.Min(model.WarmUpSteps, all / 10);
        long started = time.GetTimestamp();
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            _random.Shuffle(order);
            for (int from = 0; from < order.Length; from += options.BatchSize, Steps++)
            {
                double rising = warmUp > 0 ? Math.Min(1, (Steps + 1.0) / warmUp) : 1;
                foreach (var group in adam.ParamGroups) group.LearningRate = model.LearningRate * Math.Min(rising, 1 - (Steps / (double)all));
                int[] batch = order[from..Math.Min(order.Length, from + options.BatchSize)];
                Step(table, adam, [.. batch.Select(i => (userOf[i], positiveOf[i]))], seen, share);
            }
        }

        SamplesPerSecond = (double)order.Length * options.Epochs / time.GetElapsedTime(started).TotalSeconds;
        return Encode(table);
    }

    private void Step(TorchSharp.Modules.Embedding table, optim.Optimizer adam, (int User, int Positive)[] batch, int[] seen, double[] share)
    {
        using var scope = NewDisposeScope();
        var users = Pool(table, [.. batch.Select(b => (events.Offsets[b.User], b.Positive))]);
        long[] positives = [.. batch.Select(b => (long)events.Rows[b.Positive])];
        long[] candidates = [.. positives, .. Enumerable.Range(0, options.UniformNegatives).Select(_ => (long)seen[_random.Next(seen.Length)])];
        double uniform = Math.Min(1, (double)options.UniformNegatives / seen.Length);
        float[] logExpected = [.. candidates.Select(c => (float)Math.Log((batch.Length * share[c]) + uniform))];

        var items = nn.functional.normalize(table.forward(tensor(candidates)), dim: 1);
        users = nn.functional.normalize(users, dim: 1).DividedBy(model.Temperature);
        var scores = users.matmul(items.t()) - tensor(logExpected);
        using var never = Never.ToScalar();
        var positive = (users * items.narrow(0, 0, batch.Length)).sum(1);
        scores = scores.masked_fill(tensor(positives).unsqueeze(1).eq(tensor(candidates).unsqueeze(0)), never);
        var loss = (scores.logsumexp(1) - positive).Softplus().mean();
        adam.zero_grad();
        loss.backward();
        adam.step();
    }

    private Tensor Pool(TorchSharp.Modules.Embedding table, (int From, int To)[] histories)
    {
        var (rows, weights) = (new int[_pooling.Last], new float[_pooling.Last]);
        List<long> pooled = [], bags = [];
        for (int i = 0; i < histories.Length; i++)
        {
            var span = histories[i].From..histories[i].To;
            int count = _pooling.Select(events.Rows.AsSpan(span), events.Types.AsSpan(span), rows, weights);
            for (int r = 0; r < count; r++)
            {
                pooled.Add(rows[r]);
                bags.Add(i);
            }
        }

        using var one = 1.ToScalar();
        return zeros(histories.Length, options.Dimension).index_add(0, tensor(bags.ToArray()), table.forward(tensor(pooled.ToArray())), one);
    }

    private (float[] Items, float[] Users) Encode(TorchSharp.Modules.Embedding table)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        int count = Math.Min(options.TestUsers, events.UserCount);
        var users = nn.functional.normalize(Pool(table, [.. Enumerable.Range(0, count).Select(u => (events.Offsets[u], events.Offsets[u + 1]))]), dim: 1);
        return (nn.functional.normalize(table.weight!, dim: 1).data<float>().ToArray(), users.data<float>().ToArray());
    }
}
