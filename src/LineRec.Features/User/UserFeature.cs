using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>A feature of the user and the request: computed once a request. Values are on log scales, shares or flags, always finite.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PooledHistoryFeature), "pooled-history")]
[JsonDerivedType(typeof(EventCountsFeature), "event-counts")]
[JsonDerivedType(typeof(RecentEventsFeature), "recent-events")]
[JsonDerivedType(typeof(DaysSinceLastFeature), "days-since-last")]
[JsonDerivedType(typeof(HourOfDayFeature), "hour-of-day")]
[JsonDerivedType(typeof(DayOfWeekFeature), "day-of-week")]
[JsonDerivedType(typeof(MeanPriceFeature), "mean-price")]
[JsonDerivedType(typeof(RepeatShareFeature), "repeat-share")]
public abstract record UserFeature
{
    private protected UserFeature()
    {
    }

    internal abstract UserEncoding Compile(EncoderParts parts);
}
