namespace LineRec.Training;

/// <summary>A two-tower under training. A batch is numbers of examples.</summary>
/// <param name="network">The towers; not disposed with the module.</param>
/// <param name="examples">What is learnt from.</param>
/// <param name="batch">Takes a step's examples.</param>
/// <param name="sampler">Draws even negatives for the batch.</param>
/// <param name="random">What sampler and own negatives draw from.</param>
/// <param name="shown">Adds what was shown and not chosen; null without.</param>
/// <param name="miner">Adds hard negatives; null without. Disposed with the module.</param>
/// <param name="validate">Measures the network; null where nothing is to be measured.</param>
/// <param name="identity">What tells this training from others.</param>
internal sealed class TwoTowerModule(
    TwoTowerNetwork network, TwoTowerExamples examples, TwoTowerBatch batch, NegativeSampler sampler, ResumableRandom random, ImpressionNegatives? shown, HardNegativeMiner? miner,
    Func<(double Recall, double Exponent)>? validate, string identity) : TrainingModule<ReadOnlyMemory<int>>
{
    /// <summary>The names of what <see cref="Validate"/> gives.</summary>
    public const string Recall = "recall", Exponent = "popularity_exponent";

    public override string Identity => identity;

    public override IReadOnlyList<ITrainingOptimizer> Optimizers => network.Optimizers;

    public override StepLoss TrainingStep(ReadOnlyMemory<int> picked)
    {
        batch.Fill(examples, picked.Span);
        shown?.Add(batch);
        miner?.Add(batch, network);
        return new StepLoss(network.Loss(batch), batch.Positives.Count);
    }

    public override void GradientsReady() => network.AccumulateGradients();

    public override IReadOnlyDictionary<string, double> Validate()
    {
        if (validate is null) return base.Validate();
        var (recall, exponent) = validate();
        return new Dictionary<string, double> { [Recall] = recall, [Exponent] = exponent };
    }

    public override void ExchangeWeights(TrainingState state) => network.ExchangeWeights(state);

    public override void ExchangeProgress(TrainingState state)
    {
        random.Exchange(state);
        state.Part("sampler", sampler.Exchange);
        state.Part("batch", batch.Exchange);
        if (miner is not null) state.Part("miner", miner.Exchange);
    }

    protected override void Dispose(bool disposing)
    {
        miner?.Dispose();
        base.Dispose(disposing);
    }
}
