namespace LineRec.Training;

/// <summary>How a two-tower on user and item numbers is trained: which towers, how long, and what is tried on validation.</summary>
public sealed record MatchingTwoTowerOptions
{
    /// <summary>The towers; their vectors are put one after the other. One at least.</summary>
    public required IReadOnlyList<MatchingTowerOptions> Towers { get; init; }

    /// <summary>The share of each user's items that validates. Over 0, under 1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>How many users validation looks at, the most. 1 or more.</summary>
    public int MaxValidationUsers { get; init; } = 4000;

    /// <summary>How often a training is measured on its way. 1 or more.</summary>
    public int Checkpoints { get; init; } = 7;

    /// <summary>After how many checkpoints in a row whose recall is 2 % or more below the best a training ends. 1 or more.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>
    /// The powers of an item's number of users that its vector's length is tried with, for each tower; 0 is cosine. A tower starts at its own
    /// (<see cref="MatchingTowerOptions.PopularityPower"/>), and leaves it where another is better by 2 %.
    /// </summary>
    public IReadOnlyList<double> PopularityPowers { get; init; } = [0, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2];

    /// <summary>The weights that each tower after the first is tried with.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [0.25, 0.5, 0.75, 1, 1.5];

    /// <summary>
    /// How long training may take, validation included: epochs are cut, all by the same factor, if a measured speed says that they don't fit. Null for
    /// no limit. A run that was cut isn't reproducible.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How many threads work; the model is the same for any number. 1 or more.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The seed of the choice of validation items.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Options for a set: a history tower beside one that also knows users by number, their vectors no longer than a set of its size can fill.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="seed">The seed of everything that is random.</param>
    public static MatchingTwoTowerOptions For(InteractionMatrix train, int seed = 1) => MatchingTwoTowerDefaults.For(train, seed);

    /// <summary>The powers to try with a tower, its own among them.</summary>
    internal double[] PowersFor(MatchingTowerModel tower) => [.. PopularityPowers.Append(tower.PopularityPower).Distinct().Order()];

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">Values are out of their range; the message names them all.</exception>
    public void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string name, object? value, string rule)
        {
            if (!holds) errors.Add($"{nameof(MatchingTwoTowerOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(Towers.Count > 0, nameof(Towers), "empty", "one tower at least");
        Require(ValidationShare is > 0 and < 1, nameof(ValidationShare), ValidationShare, "over 0 and under 1");
        Require(MaxValidationUsers >= 1, nameof(MaxValidationUsers), MaxValidationUsers, "1 or more");
        Require(Checkpoints >= 1, nameof(Checkpoints), Checkpoints, "1 or more");
        Require(Patience >= 1, nameof(Patience), Patience, "1 or more");
        Require(PopularityPowers.Count > 0, nameof(PopularityPowers), "empty", "one value at least");
        Require(Weights.Count > 0, nameof(Weights), "empty", "one value at least");
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "over zero, or null");
        Require(Threads >= 1, nameof(Threads), Threads, "1 or more");
        foreach (var tower in Towers) tower.Validate();
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }
}
