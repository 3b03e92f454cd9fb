using System.Numerics.Tensors;
using LineRec.Data;

namespace LineRec.Bench.Datasets;

/// <summary>A consumer that trains: logistic matrix factorisation of (user + mean of the history) × item, one step of descent a row, on one thread.</summary>
internal sealed class TrainingConsumer
{
    private const int Dimension = 32;
    private const float Rate = 0.05f;

    private readonly float[] _users = Made(200_000, 1);
    private readonly float[] _items = Made(100_000, 2);
    private readonly float[] _query = new float[Dimension];
    private float _bias;

    /// <summary>The sum of the losses.</summary>
    public double Loss { get; private set; }

    public void Train(DatasetBatch batch)
    {
        var users = batch.Values<int>("user").Span;
        var items = batch.Values<int>("item").Span;
        var labels = batch.Values<float>("label").Span;
        var offsets = batch.List("history").Offsets.Span;
        var history = batch.List("history").Values<int>().Span;
        for (int row = 0; row < batch.Count; row++)
        {
            var user = Vector(_users, users[row]);
            var item = Vector(_items, items[row]);
            var own = history[offsets[row]..offsets[row + 1]];
            user.CopyTo(_query);
            foreach (int seen in own) TensorPrimitives.MultiplyAdd(Vector(_items, seen), 1f / own.Length, _query, _query);
            float probability = 1 / (1 + MathF.Exp(-TensorPrimitives.Dot<float>(_query, item) - _bias));
            Loss -= MathF.Log(Math.Max(1e-7f, labels[row] > 0 ? probability : 1 - probability));
            float step = Rate * (labels[row] - probability);
            _bias += step;
            foreach (int seen in own) TensorPrimitives.MultiplyAdd(item, step / own.Length, Vector(_items, seen), Vector(_items, seen));
            TensorPrimitives.MultiplyAdd(item, step, user, user);
            TensorPrimitives.MultiplyAdd(_query, step, item, item);
        }
    }

    private static Span<float> Vector(float[] table, int row) => table.AsSpan(row * Dimension, Dimension);

    private static float[] Made(int rows, int seed)
    {
        var random = new Random(seed);
        var table = new float[rows * Dimension];
        for (int i = 0; i < table.Length; i++) table[i] = (random.NextSingle() - 0.5f) * 0.1f;
        return table;
    }
}
