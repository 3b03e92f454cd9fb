using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>A ranking network under training. A batch is places among the training groups.</summary>
/// <param name="network">The network; not disposed with the module.</param>
/// <param name="options">How to train.</param>
/// <param name="examples">What is learnt from.</param>
/// <param name="groups">The groups that batches are places of.</param>
/// <param name="seed">Seeds what dropout drops.</param>
/// <param name="validate">Measures the network.</param>
/// <param name="identity">What tells this training from others.</param>
internal sealed class RankerModule(RankerNetwork network, RankerOptions options, RankingExamples examples, int[] groups, int seed, Func<double> validate, string identity) : TrainingModule<ReadOnlyMemory<int>>
{
    /// <summary>The name of what <see cref="Validate"/> gives.</summary>
    public const string HeldOut = "held_out";

    private readonly Generator _noise = new((ulong)(uint)seed);

    public override string Identity => identity;

    public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; } = [new AdamOptimizer(network.Parameters, options.LearningRate, options.WeightDecay)];

    public override StepLoss TrainingStep(ReadOnlyMemory<int> picked)
    {
        var batch = new RankerBatch(examples, [.. picked.Span.ToArray().Select(place => groups[place])]);
        return new StepLoss(RankerLoss.Of(options.Loss, network.Forward(batch, _noise), batch), batch.Count);
    }

    public override IReadOnlyDictionary<string, double> Validate() => new Dictionary<string, double> { [HeldOut] = validate() };

    public override void ExchangeWeights(TrainingState state)
    {
        int i = 0;
        foreach (var parameter in network.Parameters) state.Values($"parameter{i++}", parameter);
    }

    public override void ExchangeProgress(TrainingState state)
    {
        using var noise = _noise.get_state();
        state.Values("dropout", noise);
        if (state.IsRestoring) _noise.set_state(noise);
    }

    protected override void Dispose(bool disposing)
    {
        _noise.Dispose();
        base.Dispose(disposing);
    }
}
