namespace LineRec.Features;

/// <summary>
/// Target encoding: the rate of one event type among another (clicks of impressions: CTR) over all items with the item's value of a text column,
/// drawn towards the rate of the whole log: (successes + m · rate) / (trials + m), scaled. A missing value, and one without trials, has the rate of the
/// whole log. More successes than trials count as all of them. features.json holds the rate of each value.
/// D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes in classification and prediction problems", SIGKDD Explorations 3 (2001).
/// </summary>
/// <remarks>
/// A model that learns from the very events that are counted here sees its own labels in the feature. Either count events from before the labels only, or train on
/// <see cref="FeatureFitter.FitFolds"/>: the examples of users of a fold with the rates of all other users.
/// </remarks>
public sealed record TargetRateFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>What is counted.</summary>
    public EventType Success { get; init; } = EventType.Click;

    /// <summary>Out of what.</summary>
    public EventType Trial { get; init; } = EventType.Impression;

    /// <summary>How many trials' weight m the rate of the whole log has, 0 or more. Default 20.</summary>
    public double PriorTrials { get; init; } = 20;

    /// <summary>Into how many folds users are divided, 2 or more. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The fold of a user, 0 to folds - 1, by a hash of the user's number.</summary>
    /// <param name="user">The number that the fitter knows the user by.</param>
    /// <param name="folds">How many folds there are.</param>
    public static int FoldOf(int user, int folds)
    {
        // The finaliser of MurmurHash3: neighbouring numbers are spread over all folds.
        uint hash = (uint)user;
        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35;
        return (int)((hash ^ (hash >> 16)) % (uint)folds);
    }

    internal override string? SourceColumn => Column;

    internal override void Plan(StatisticsPlan plan)
    {
        if (!(PriorTrials >= 0) || !double.IsFinite(PriorTrials)) throw new ArgumentException($"TargetRateFeature.PriorTrials of column '{Column}' is {PriorTrials}; it must be finite and 0 or more.");
        if (Folds < 2) throw new ArgumentException($"TargetRateFeature.Folds of column '{Column}' is {Folds}; it must be 2 or more.");
        plan.Group(Column, Success, Folds);
        plan.Group(Column, Trial, Folds);
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(TargetRateFeature));
        double whole;
        IReadOnlyDictionary<string, float> rates;
        if (saved.First is { Parameters: [double rate], Values: { } known }) (whole, rates) = (rate, known);
        else (whole, rates) = Learn(column, statistics.Group(Column, Success, Folds), statistics.Group(Column, Trial, Folds));
        float[] ofCode = [.. column.Values.ToArray().Select(v => rates.GetValueOrDefault(v, (float)whole))];
        return
        [
            new($"{Column}_{FeatureNames.Of(Success)}_per_{FeatureNames.Of(Trial)}", true, row => column.Codes[row] < 0 ? (float)whole : ofCode[column.Codes[row]])
            {
                Parameters = [whole],
                Values = rates,
            },
        ];
    }

    /// <summary>The rate of the whole log, and of each value with trials.</summary>
    private (double Whole, SortedDictionary<string, float> Rates) Learn(TextColumn column, long[] successes, long[] trials)
    {
        double allTrials = trials.Sum();
        double whole = allTrials == 0 ? 0 : Math.Min(successes.Sum(), allTrials) / allTrials;
        var rates = new SortedDictionary<string, float>(StringComparer.Ordinal);
        for (int code = 0; code < column.Values.Length; code++)
        {
            long tried = trials[code + 1];
            if (tried > 0) rates.Add(column.Values[code], (float)((Math.Min(successes[code + 1], tried) + (PriorTrials * whole)) / (tried + PriorTrials)));
        }

        return (whole, rates);
    }
}
