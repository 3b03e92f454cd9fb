using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>
/// The rate of one event type among another (clicks of impressions: CTR; purchases of clicks: CVR) as lower end and centre of its
/// Wilson interval (<see cref="WilsonScore"/>), and as upper end where asked for, scaled. Without trials the interval is 0 to 1: lower end 0, centre 0.5. More successes than trials (clicks from elsewhere) count as all of them.
/// </summary>
public sealed record WilsonRateFeature : ItemFeature
{
    /// <summary>What is counted.</summary>
    public EventType Success { get; init; } = EventType.Click;

    /// <summary>Out of what.</summary>
    public EventType Trial { get; init; } = EventType.Impression;

    /// <summary>The interval's confidence as the normal quantile z, over 0: 1.96 for two-sided 95 %, 1.645 for 90 %. Null for <see cref="WilsonScore.Z95"/>.</summary>
    public double? Z { get; init; }

    /// <summary>Whether the upper end is a column too: optimism about items with few trials, for exploration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Upper { get; init; }

    internal override bool OfOwnEvents => true;

    internal override void Plan(StatisticsPlan plan)
    {
        plan.Count(Success);
        plan.Count(Trial);
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        double z = Z ?? WilsonScore.Z95;
        if (!(z > 0) || !double.IsFinite(z)) throw new ArgumentException($"WilsonRateFeature.Z is {z}; it must be finite and over 0.");
        int[] successes = statistics.Counts(Success), trials = statistics.Counts(Trial);
        string name = $"{FeatureNames.Of(Success)}_per_{FeatureNames.Of(Trial)}";
        ItemColumn End(string end, Func<double, double, double, double> score) =>
            new($"{name}_{end}", true, row => (float)score(Math.Min(successes[row], trials[row]), trials[row], z));
        return Upper ? [End("lower", WilsonScore.Lower), End("centre", WilsonScore.Centre), End("upper", WilsonScore.Upper)] : [End("lower", WilsonScore.Lower), End("centre", WilsonScore.Centre)];
    }
}
