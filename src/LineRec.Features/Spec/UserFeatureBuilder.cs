namespace LineRec.Features;

/// <summary>Names the features of the user block, in order. Not thread-safe.</summary>
public sealed class UserFeatureBuilder
{
    internal UserFeatureBuilder()
    {
    }

    internal List<UserFeature> Features { get; } = [];

    /// <summary>Adds a feature.</summary>
    /// <param name="feature">The feature.</param>
    public UserFeatureBuilder Add(UserFeature feature)
    {
        Features.Add(feature);
        return this;
    }

    /// <summary>The history pooled over an embedding table; see <see cref="PooledHistoryFeature"/>.</summary>
    public UserFeatureBuilder PooledHistory() => Add(new PooledHistoryFeature());

    /// <summary>How many events of each type, and of how many items; see <see cref="EventCountsFeature"/>.</summary>
    /// <param name="types">The types; none means click, cart, purchase and favourite.</param>
    public UserFeatureBuilder EventCounts(params EventType[] types) => Add(types.Length == 0 ? new EventCountsFeature() : new EventCountsFeature { Types = types });

    /// <summary>How many events in the last days; see <see cref="RecentEventsFeature"/>.</summary>
    /// <param name="days">The windows in days; none means 1, 7 and 28.</param>
    public UserFeatureBuilder RecentEvents(params int[] days) => Add(days.Length == 0 ? new RecentEventsFeature() : new RecentEventsFeature { Days = days });

    /// <summary>Days since the newest and the oldest event; see <see cref="DaysSinceLastFeature"/>.</summary>
    public UserFeatureBuilder DaysSinceLast() => Add(new DaysSinceLastFeature());

    /// <summary>The hour on a circle; see <see cref="HourOfDayFeature"/>.</summary>
    /// <param name="utcOffset">What the shop's clock is ahead of UTC.</param>
    public UserFeatureBuilder HourOfDay(TimeSpan utcOffset = default) => Add(new HourOfDayFeature { UtcOffset = utcOffset });

    /// <summary>The day of the week on a circle; see <see cref="DayOfWeekFeature"/>.</summary>
    /// <param name="utcOffset">What the shop's clock is ahead of UTC.</param>
    public UserFeatureBuilder DayOfWeek(TimeSpan utcOffset = default) => Add(new DayOfWeekFeature { UtcOffset = utcOffset });

    /// <summary>The mean price of what the user looked at; see <see cref="MeanPriceFeature"/>.</summary>
    public UserFeatureBuilder MeanPrice() => Add(new MeanPriceFeature());

    /// <summary>How much the user repeats; see <see cref="RepeatShareFeature"/>.</summary>
    public UserFeatureBuilder RepeatShare() => Add(new RepeatShareFeature());
}
