using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>The shop's features: one declaration for training and serving.</summary>
internal static class ShopFeatures
{
    /// <summary>The retrievers whose scores the rankers see; a placement may lack some of them.</summary>
    private static readonly string[] Sources = ["two-tower", "item-to-item", "trending", "popular", "new-arrivals", "buy-again"];

    public static FeatureSpec Declare(Catalog catalog, HistoryPooling pooling, bool hasImpressions)
    {
        return FeatureSpec.Create(spec => spec
            .History(pooling)
            .User(user => User(user, catalog))
            .Item(item => Item(item, catalog, hasImpressions))
            .Cross(cross => Cross(cross, catalog, hasImpressions)));
    }

    private static void User(UserFeatureBuilder user, Catalog catalog)
    {
        user.EventCounts().RecentEvents().DaysSinceLast().HourOfDay().DayOfWeek().RepeatShare();
        if (catalog.Price is not null) user.MeanPrice();
    }

    private static void Item(ItemFeatureBuilder item, Catalog catalog, bool hasImpressions)
    {
        item.Counts().RecentCounts().Repeats().WilsonCvr();
        if (hasImpressions) item.WilsonCtr();
        if (catalog.Category is not null) item.CategoryOneHot();
        if (catalog.Price is not null) item.LogNumber(CatalogColumns.Price);
    }

    private static void Cross(CrossFeatureBuilder cross, Catalog catalog, bool hasImpressions)
    {
        cross.SourceScores(Sources).OwnHistory().Similarity();
        if (catalog.ListedAt is not null) cross.Age();
        if (catalog.Category is not null) cross.CategoryShare(1).CategoryShare();
        if (catalog.Brand is not null) cross.BrandShare();
        if (catalog.Shop is not null) cross.ShopShare();
        if (catalog.Price is not null) cross.PriceRatio();
        if (hasImpressions) cross.Position();
    }
}
