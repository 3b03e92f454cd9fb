namespace LineRec.Features;

/// <summary>
/// How the item is met again: log(1 + users), the share of users with it on more than one day (drawn towards the shop's mean by
/// <see cref="PriorUsers"/>), and log(1 + mean days) between two such days with a missing flag; scaled.
/// </summary>
public sealed record RepeatFeature : ItemFeature
{
    /// <summary>The type of event that is repeated. Default purchase.</summary>
    public EventType Type { get; init; } = EventType.Purchase;

    /// <summary>How many users' weight the shop's mean has, 0 or more. Default 5.</summary>
    public float PriorUsers { get; init; } = 5f;

    internal override bool OfOwnEvents => true;

    internal override void Plan(StatisticsPlan plan) => plan.Repeats(Type);

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        if (!(PriorUsers >= 0f) || !float.IsFinite(PriorUsers)) throw new ArgumentException($"RepeatFeature.PriorUsers is {PriorUsers}; it must be finite and 0 or more.");
        var repeats = statistics.Repeats(Type);
        long users = repeats.Users.Sum(u => (long)u), again = repeats.Repeaters.Sum(u => (long)u);
        float mean = saved[1] is { } fitted ? (float?)fitted.Parameters?[0] ?? float.NaN : users == 0 ? 0f : (float)again / users;
        string name = FeatureNames.Of(Type);
        return
        [
            new($"{name}_users", true, row => LogScale.Count(repeats.Users[row])),
            new($"{name}_repeat_rate", true, row => Rate(repeats.Users[row], repeats.Repeaters[row], mean)) { Parameters = [mean] },
            .. ItemColumn.WithMissing(GapColumn(Type), row => repeats.Gaps[row] == 0 ? float.NaN : MathF.Log(1f + ((float)repeats.GapDays[row] / repeats.Gaps[row]))),
        ];
    }

    private float Rate(int users, int repeaters, float mean)
    {
        if (float.IsNaN(mean)) throw new InvalidOperationException("The fitted state doesn't hold the shop's mean repeat rate, which a new item needs; an earlier version fitted it. Fit the features anew.");
        return users + PriorUsers == 0f ? mean : (repeaters + (PriorUsers * mean)) / (users + PriorUsers);
    }

    /// <summary>The column with log(1 + mean days) between two days with the item.</summary>
    internal static string GapColumn(EventType type) => $"{FeatureNames.Of(type)}_gap_log_days";
}
