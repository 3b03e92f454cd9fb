using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>
/// A feature of the item alone: computed once a bundle. Numbers are scaled to mean 0 and deviation 1 over the catalog; a missing value
/// is the mean (0) and raises the flag column beside it. Where a feature has a transform or says otherwise of missing values, that holds.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OneHotFeature), "one-hot")]
[JsonDerivedType(typeof(EmbeddingFeature), "embedding")]
[JsonDerivedType(typeof(ItemTableFeature), "item-table")]
[JsonDerivedType(typeof(NumberFeature), "number")]
[JsonDerivedType(typeof(CountsFeature), "counts")]
[JsonDerivedType(typeof(RecentCountsFeature), "recent-counts")]
[JsonDerivedType(typeof(WilsonRateFeature), "wilson-rate")]
[JsonDerivedType(typeof(RepeatFeature), "repeat")]
[JsonDerivedType(typeof(OrdinalFeature), "ordinal")]
[JsonDerivedType(typeof(FrequencyFeature), "frequency")]
[JsonDerivedType(typeof(TargetRateFeature), "target-rate")]
[JsonDerivedType(typeof(BagFeature), "bag")]
[JsonDerivedType(typeof(HashFeature), "hash")]
public abstract record ItemFeature
{
    private protected ItemFeature()
    {
    }

    /// <summary>Whether its values come from the item's own events, so that only a fit knows them.</summary>
    internal virtual bool OfOwnEvents => false;

    /// <summary>The catalog's column that it is made of; null for none.</summary>
    internal virtual string? SourceColumn => null;

    /// <summary>The transform whose parameters it learns; null for none.</summary>
    internal virtual NumberTransform? OwnTransform => null;

    /// <summary>Asks for the statistics of the log that the feature needs.</summary>
    internal virtual void Plan(StatisticsPlan plan)
    {
    }

    /// <summary>The columns that are fitted and saved.</summary>
    /// <param name="statistics">The items and the counts of their events.</param>
    /// <param name="saved">The feature's columns of an earlier fit: what was learnt then is taken from there, so that the same item gets the same bits; none learns it from the statistics.</param>
    internal virtual IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved) => [];

    /// <summary>The columns that are gathered from a table of the bundle, which doesn't exist yet when features are fitted; null for none.</summary>
    internal virtual GatheredColumns? Gather(EncoderParts parts) => null;
}
