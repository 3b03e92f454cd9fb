namespace LineRec.Training;

/// <summary>How a ranker is trained.</summary>
public sealed record RankerOptions
{
    /// <summary>The widths of the hidden layers; the first is where user, item and cross parts are added up. One or more, each 1 or more.</summary>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [64, 32];

    /// <summary>The nonlinear function after each hidden layer.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>The loss.</summary>
    public RankingLoss Loss { get; init; } = RankingLoss.Both;

    /// <summary>How often the examples are gone through at the most. 1 or more.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>After how many epochs without a better held-out figure training ends. 1 or more.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>Candidates a step, about; groups stay whole. 1 or more.</summary>
    public int BatchSize { get; init; } = 2048;

    /// <summary>Adam's highest rate; it rises over the first steps and then falls to 0. Over 0.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>The steps over which the rate rises; at most a tenth of all steps is used. 0 or more.</summary>
    public int WarmUpSteps { get; init; } = 100;

    /// <summary>The share of each hidden layer that dropout drops. 0 or more and under 1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Decoupled weight decay (AdamW). 0 or more.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The share of groups held out for early stopping, calibration and the report; the last in time where times are known. Over 0 and under 1.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>
    /// Where in the user block the vector starts whose product with the item's embedding, element by element, is a further input
    /// (the pooled history, say; networks learn products badly); null leaves it out. Needs user block and embeddings.
    /// </summary>
    public int? UserVectorOffset { get; init; }

    /// <summary>How many networks of different seeds are averaged inside the one graph. 1 or more; time grows with it.</summary>
    public int Ensemble { get; init; } = 1;

    /// <summary>The seed of everything that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">Values are out of their range; the message names them all.</exception>
    public void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string name, object value, string rule)
        {
            if (!holds) errors.Add($"{nameof(RankerOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(HiddenWidths.Count > 0 && HiddenWidths.All(w => w >= 1), nameof(HiddenWidths), $"[{string.Join(", ", HiddenWidths)}]", "one width or more, each 1 or more");
        Require(Activation != ActivationKind.Softmax, nameof(Activation), Activation, "a function of single values");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(Patience >= 1, nameof(Patience), Patience, "1 or more");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "over 0");
        Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "0 or more");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "0 or more and under 1");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "0 or more");
        Require(ValidationShare is > 0 and < 1, nameof(ValidationShare), ValidationShare, "over 0 and under 1");
        Require(UserVectorOffset is null or >= 0, nameof(UserVectorOffset), UserVectorOffset ?? 0, "0 or more");
        Require(Ensemble >= 1, nameof(Ensemble), Ensemble, "1 or more");
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }
}
