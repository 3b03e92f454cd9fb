using LineRec.Features;

namespace LineRec.Samples.Shop.Lists;

/// <summary>
/// What the rankers of lists look at. Sessions are all that the log knows of a user, so the session feature stands where a shop would look at days of history; an item's own
/// statistics count only in comparison with the rest of the list.
/// </summary>
internal static class ListFeatures
{
    public static readonly FeatureSpec Spec = FeatureSpec.Create(spec => spec
        .User(user => user.EventCounts(EventType.Click, EventType.Cart).RepeatShare())
        .Item(item => item.Counts(EventType.Click, EventType.Cart, EventType.Impression).WilsonRate(EventType.Cart, EventType.Impression))
        .Cross(cross => cross
            .Session(TimeSpan.FromHours(12))
            .PriceRatio()
            .ListContextOfSource(ListPlacements.ListPrice)
            .ListContext(CatalogColumns.Price)
            .ListContextOfItem("click_count")
            .ListContextOfItem("cart_count")
            .ListContextOfItem("impression_count")
            .ListContextOfItem("cart_per_impression_lower")
            .SourceScores(ListPlacements.TimesShown, ListPlacements.OtherSessions, ListPlacements.Display, ListPlacements.TouchedThenDisplay, ListPlacements.PageBefore)
            .ListDistance(ListPlacements.Display)
            .ListDistance(ListPlacements.PageBefore)));
}
