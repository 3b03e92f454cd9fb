namespace LineRec.Training;

/// <summary>How implicit ALS is trained.</summary>
public sealed record IalsOptions
{
    /// <summary>The length of the vectors. 1 or more.</summary>
    public int Dimension { get; init; } = 256;

    /// <summary>How often users and items are solved. 1 or more.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>α, the weight of a pair that wasn't seen; a seen one has weight 1 more. Over 0.</summary>
    public double UnobservedWeight { get; init; } = 0.1;

    /// <summary>λ; a row of n interactions among m is regularised by λ (n + α m)^<see cref="FrequencyPower"/>. Over 0.</summary>
    public double Regularisation { get; init; } = 0.01;

    /// <summary>ν: 1 regularises every interaction the same, 0 every row. 0 to 1.</summary>
    public double FrequencyPower { get; init; } = 1;

    /// <summary>Steps of conjugate gradients a row, from its last value on. 1 or more.</summary>
    public int ConjugateSteps { get; init; } = 4;

    /// <summary>The seed of the first values.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">Values are out of their range; the message names them all.</exception>
    public void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string name, object value, string rule)
        {
            if (!holds) errors.Add($"{nameof(IalsOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(Dimension >= 1, nameof(Dimension), Dimension, "1 or more");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(UnobservedWeight is > 0 and < double.PositiveInfinity, nameof(UnobservedWeight), UnobservedWeight, "a finite number over 0");
        Require(Regularisation is > 0 and < double.PositiveInfinity, nameof(Regularisation), Regularisation, "a finite number over 0");
        Require(FrequencyPower is >= 0 and <= 1, nameof(FrequencyPower), FrequencyPower, "from 0 to 1");
        Require(ConjugateSteps >= 1, nameof(ConjugateSteps), ConjugateSteps, "1 or more");
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }
}
