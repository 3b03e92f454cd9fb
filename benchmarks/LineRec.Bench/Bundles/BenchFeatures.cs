using LineRec.Features;

namespace LineRec.Bench.Bundles;

/// <summary>The features of the bundle that requests are measured on.</summary>
internal static class BenchFeatures
{
    public static FeatureSpec Declare(HistoryPooling pooling) => FeatureSpec.Create(spec => spec
        .History(pooling)
        .User(user => user.EventCounts().RecentEvents().DaysSinceLast().HourOfDay().DayOfWeek().RepeatShare().MeanPrice())
        .Item(item => item.Counts().RecentCounts().Repeats().WilsonCvr().WilsonCtr().LogNumber(CatalogColumns.Price))
        .Cross(cross => cross.SourceScores("two-tower").OwnHistory().Similarity().Age().CategoryShare(1).CategoryShare().BrandShare().ShopShare().PriceRatio().Position()));
}
