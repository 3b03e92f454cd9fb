namespace LineRec.Training;

/// <summary>How one tower pair on user and item numbers is trained. The defaults are those of a history tower.</summary>
public sealed record MatchingTowerOptions
{
    /// <summary>What a user's vector is made of.</summary>
    public MatchingUserPart UserPart { get; init; } = MatchingUserPart.History;

    /// <summary>The loss.</summary>
    public MatchingTowerLoss Loss { get; init; } = MatchingTowerLoss.SampledSoftmax;

    /// <summary>The length of the vectors. 1 to 4,096.</summary>
    public int Dimension { get; init; } = 256;

    /// <summary>How often each user is trained on. 1 or more.</summary>
    public int Epochs { get; init; } = 14;

    /// <summary>Users a step; all items of a user are its positives. 1 or more.</summary>
    public int BatchUsers { get; init; } = 192;

    /// <summary>Negatives a step, shared by its users, drawn evenly among the items that have a user. 1 or more; with as many as there are items the softmax is exact.</summary>
    public int Negatives { get; init; } = 3840;

    /// <summary>What the cosine is divided by. From 0.02, below which exponentials may overflow.</summary>
    public double Temperature { get; init; } = 0.08;

    /// <summary>The weight of log Z in <see cref="MatchingTowerLoss.BilateralSoftmax"/>; ignored by the other loss. Over 0.</summary>
    public double NegativePower { get; init; } = 1.22;

    /// <summary>Lazy Adam's highest rate: it rises over the warm-up, then falls to 0 on a straight line. Over 0.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The steps over which the rate rises; at most a tenth of all steps is used. 0 or more.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>The power of an item's number of users that its vector's length is first tried with; 0 is cosine. Finite.</summary>
    public double PopularityPower { get; init; } = 0.05;

    /// <summary>The seed of first values, of the order of users and of the negatives.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">Values are out of their range; the message names them all.</exception>
    public void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string name, object value, string rule)
        {
            if (!holds) errors.Add($"{nameof(MatchingTowerOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(Enum.IsDefined(UserPart), nameof(UserPart), UserPart, "one of the declared values");
        Require(Enum.IsDefined(Loss), nameof(Loss), Loss, "one of the declared values");
        Require(Dimension is >= 1 and <= 4096, nameof(Dimension), Dimension, "from 1 to 4,096");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(BatchUsers >= 1, nameof(BatchUsers), BatchUsers, "1 or more");
        Require(Negatives >= 1, nameof(Negatives), Negatives, "1 or more");
        Require(Temperature is >= 0.02 and < double.PositiveInfinity, nameof(Temperature), Temperature, "a finite number from 0.02");
        Require(NegativePower is > 0 and < double.PositiveInfinity, nameof(NegativePower), NegativePower, "a finite number over 0");
        Require(LearningRate is > 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "a finite number over 0");
        Require(double.IsFinite(PopularityPower), nameof(PopularityPower), PopularityPower, "finite");
        Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "0 or more");
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }
}
