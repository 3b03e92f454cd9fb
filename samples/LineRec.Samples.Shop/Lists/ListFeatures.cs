using LineRec.Features;

namespace LineRec.Samples.Shop.Lists;

/// <summary>What the rankers of lists look at.</summary>
internal static class ListFeatures
{
    public static readonly FeatureSpec Spec = FeatureSpec.Create(spec => spec
        .User(user => user.EventCounts(EventType.Click, EventType.Cart).DaysSinceLast().HourOfDay().RepeatShare().MeanPrice())
        .Item(item => item.Counts(EventType.Click, EventType.Cart, EventType.Impression).WilsonRate(EventType.Cart, EventType.Impression).LogNumber(CatalogColumns.Price))
        .Cross(cross => cross
            .Session(TimeSpan.FromHours(12))
            .OwnHistory()
            .PriceRatio()
            .ListContextOfSource(ListPlacements.ListPrice)
            .ListContext(CatalogColumns.Price)
            .ListContextOfItem("click_count")
            .ListContextOfItem("cart_count")
            .ListContextOfItem("impression_count")
            .ListContextOfItem("cart_per_impression_lower")
            .SourceScores(ListPlacements.Display, ListPlacements.TouchedThenDisplay)
            .ListDistance(ListPlacements.Display)));
}
