namespace LineRec.Features;

/// <summary>
/// The rate of one event type among another (clicks of impressions: CTR; purchases of clicks: CVR) as lower end and centre of its
/// Wilson interval, scaled. Without trials the interval is 0 to 1: lower end 0, centre 0.5. More successes than trials (clicks from elsewhere) count as all of them.
/// </summary>
public sealed record WilsonRateFeature : ItemFeature
{
    /// <summary>What is counted.</summary>
    public EventType Success { get; init; } = EventType.Click;

    /// <summary>Out of what.</summary>
    public EventType Trial { get; init; } = EventType.Impression;

    internal override void Plan(StatisticsPlan plan)
    {
        plan.Count(Success);
        plan.Count(Trial);
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics)
    {
        int[] successes = statistics.Counts(Success), trials = statistics.Counts(Trial);
        string name = $"{FeatureNames.Of(Success)}_per_{FeatureNames.Of(Trial)}";
        return
        [
            new($"{name}_lower", true, row => (float)WilsonScore.Lower(Math.Min(successes[row], trials[row]), trials[row])),
            new($"{name}_centre", true, row => (float)WilsonScore.Centre(Math.Min(successes[row], trials[row]), trials[row])),
        ];
    }
}
