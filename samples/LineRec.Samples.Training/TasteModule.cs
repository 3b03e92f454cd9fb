using LineRec.Data;
using LineRec.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Samples.Training;

#region own-module
/// <summary>Matrix factorisation by BPR (Rendle et al. 2009): what a user took scores above what is drawn at random.</summary>
internal sealed class TasteModule : TrainingModule<DatasetBatch>
{
    private readonly ResumableRandom _random; // draws as before after a crash: its state is in the checkpoint
    private readonly ParquetDataset _heldOut;

    public TasteModule(int users, int items, int width, int seed, ParquetDataset heldOut)
    {
        random.manual_seed(seed); // Torch's, for the tables' first values
        (Users, Items, _random, _heldOut) = (nn.Embedding(users, width), nn.Embedding(items, width), new ResumableRandom(seed), heldOut);
        foreach (var table in new[] { Users, Items }) nn.init.normal_(table.weight!, 0, 0.1);
        Identity = $"taste of {users} users and {items} items, width {width}, seed {seed}";
        Optimizers = [new AdamOptimizer([.. Users.parameters(), .. Items.parameters()], learningRate: 0.01)];
    }

    public Embedding Users { get; }

    public Embedding Items { get; }

    public override string Identity { get; }

    public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    public override StepLoss TrainingStep(DatasetBatch batch) => new(Margins(batch, _random).neg().Softplus().mean(), batch.Count);

    public override IReadOnlyDictionary<string, double> Validate()
    {
        var (alike, right, all) = (new ResumableRandom(seed: 0), 0.0, 0.0); // the same draws each time
        using var reader = _heldOut.Read();
        for (; reader.TryRead(out var batch); all += batch.Count) right += Margins(batch, alike).sign().relu().sum().item<float>();
        return new Dictionary<string, double> { ["auc"] = right / all };
    }

    public override void ExchangeWeights(TrainingState state)
    {
        state.Module("users", Users);
        state.Module("items", Items);
    }

    public override void ExchangeProgress(TrainingState state) => _random.Exchange(state);

    // By how much each row's item suits its user better than one drawn at random.
    private Tensor Margins(DatasetBatch batch, Random random)
    {
        int[] drawn = [.. Enumerable.Range(0, batch.Count).Select(_ => random.Next((int)Items.weight!.shape[0]))];
        var better = Items.forward(tensor(batch.Values<int>("item_id").ToArray())) - Items.forward(tensor(drawn));
        return (Users.forward(tensor(batch.Values<int>("user_id").ToArray())) * better).sum(-1);
    }
}
#endregion
