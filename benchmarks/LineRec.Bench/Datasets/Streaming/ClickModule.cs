using LineRec.Data;
using LineRec.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Bench.Datasets;

/// <summary>The probability that an event is more than an impression, by logistic matrix factorisation of user and item with a bias an item: a small model, so that reading has to be fast.</summary>
internal sealed class ClickModule : TrainingModule<DatasetBatch>
{
    public const string User = "user_id", Item = "item_id", Type = "event_type", Impression = "impression";

    private readonly Embedding _users;
    private readonly Embedding _items;
    private readonly Embedding _bias;
    private readonly ParquetDataset _heldOut;

    public ClickModule(int users, int items, StreamTrainingOptions options, ParquetDataset heldOut)
    {
        random.manual_seed(options.Seed);
        (_users, _items, _bias, _heldOut) = (nn.Embedding(users, options.Width), nn.Embedding(items, options.Width), nn.Embedding(items, 1), heldOut);
        nn.init.normal_(_users.weight!, 0, 0.1);
        nn.init.normal_(_items.weight!, 0, 0.1);
        using var rare = (-2).ToScalar();
        nn.init.constant_(_bias.weight!, rare); // most events are impressions
        Optimizers = [new AdamOptimizer([.. _users.parameters(), .. _items.parameters(), .. _bias.parameters()], learningRate: 0.003)];
    }

    public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    public override StepLoss TrainingStep(DatasetBatch batch)
    {
        var (logits, labels) = Score(batch);
        return new StepLoss(nn.functional.binary_cross_entropy_with_logits(logits, tensor(labels)), batch.Count);
    }

    public override IReadOnlyDictionary<string, double> Validate()
    {
        List<float> scores = [], chosen = [];
        using var reader = _heldOut.Read();
        while (reader.TryRead(out var batch))
        {
            using var scope = NewDisposeScope();
            var (logits, labels) = Score(batch);
            scores.AddRange(logits.data<float>().ToArray());
            chosen.AddRange(labels);
        }

        return new Dictionary<string, double> { ["auc"] = RankerMetrics.Of([.. scores], [.. chosen], [0, scores.Count]).Auc };
    }

    public override void ExchangeWeights(TrainingState state)
    {
        state.Module("users", _users);
        state.Module("items", _items);
        state.Module("bias", _bias);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var table in new[] { _users, _items, _bias }) table.Dispose();
        base.Dispose(disposing);
    }

    private (Tensor Logits, float[] Labels) Score(DatasetBatch batch)
    {
        var types = batch.Values<int>(Type).Span; // 0: an impression
        float[] labels = new float[batch.Count];
        for (int row = 0; row < labels.Length; row++) labels[row] = types[row] == 0 ? 0 : 1;
        var items = tensor(batch.Values<int>(Item).ToArray());
        var logits = (_users.forward(tensor(batch.Values<int>(User).ToArray())) * _items.forward(items)).sum(-1).Plus(_bias.forward(items).squeeze(-1));
        return (logits, labels);
    }
}
