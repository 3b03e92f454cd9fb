namespace LineRec.Features;

/// <summary>Names the features of the item block, in order. Not thread-safe.</summary>
public sealed class ItemFeatureBuilder
{
    internal ItemFeatureBuilder()
    {
    }

    internal List<ItemFeature> Features { get; } = [];

    /// <summary>Adds a feature.</summary>
    /// <param name="feature">The feature.</param>
    public ItemFeatureBuilder Add(ItemFeature feature)
    {
        Features.Add(feature);
        return this;
    }

    /// <summary>One column a frequent value; see <see cref="OneHotFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    /// <param name="maxValues">How many values get a column of their own, 1 or more.</param>
    public ItemFeatureBuilder OneHot(string column, int maxValues = 32) => Add(new OneHotFeature { Column = column, MaxValues = maxValues });

    /// <summary>One column a frequent category; see <see cref="OneHotFeature"/>.</summary>
    /// <param name="maxValues">How many categories get a column of their own, 1 or more.</param>
    public ItemFeatureBuilder CategoryOneHot(int maxValues = 32) => OneHot(CatalogColumns.Category, maxValues);

    /// <summary>The place in a declared order; see <see cref="OrdinalFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    /// <param name="order">The values from least to greatest.</param>
    public ItemFeatureBuilder Ordinal(string column, params string[] order) => Add(new OrdinalFeature { Column = column, Order = order });

    /// <summary>The share of items with the same value; see <see cref="FrequencyFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    public ItemFeatureBuilder Frequency(string column) => Add(new FrequencyFeature { Column = column });

    /// <summary>The rate of clicks among impressions over all items with the same value; see <see cref="TargetRateFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    public ItemFeatureBuilder TargetCtr(string column) => Add(new TargetRateFeature { Column = column });

    /// <summary>One column a frequent value of a list; see <see cref="BagFeature"/>.</summary>
    /// <param name="column">A text column of the catalog that lists values.</param>
    /// <param name="separator">What stands between values.</param>
    /// <param name="maxValues">How many values get a column of their own, 1 or more.</param>
    public ItemFeatureBuilder MultiHot(string column, string separator = "|", int maxValues = 32) => Add(new BagFeature { Column = column, Separator = separator, MaxValues = maxValues });

    /// <summary>One column a frequent value of a list with weights such as "red:0.7|blue:0.3"; see <see cref="BagFeature"/>.</summary>
    /// <param name="column">A text column of the catalog that lists values.</param>
    /// <param name="separator">What stands between values.</param>
    /// <param name="weightSeparator">What stands between a value and its weight.</param>
    /// <param name="maxValues">How many values get a column of their own, 1 or more.</param>
    public ItemFeatureBuilder WeightedBag(string column, string separator = "|", string weightSeparator = ":", int maxValues = 32) =>
        Add(new BagFeature { Column = column, Separator = separator, WeightSeparator = weightSeparator, MaxValues = maxValues });

    /// <summary>A fixed number of columns for any number of values; see <see cref="HashFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    /// <param name="buckets">How many columns, 1 or more.</param>
    /// <param name="hashes">How many hash functions, 1 or more.</param>
    public ItemFeatureBuilder Hash(string column, int buckets = 64, int hashes = 2) => Add(new HashFeature { Column = column, Buckets = buckets, Hashes = hashes });

    /// <summary>The embedding of a label-encoded text column; see <see cref="EmbeddingFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    /// <param name="table">The table's name; null means the column's.</param>
    public ItemFeatureBuilder Embedding(string column, string? table = null) => Add(new EmbeddingFeature { Column = column, Table = table ?? column });

    /// <summary>The row of a table that is aligned with the catalog, such as text embeddings; see <see cref="ItemTableFeature"/>.</summary>
    /// <param name="table">The table's name.</param>
    public ItemFeatureBuilder Table(string table) => Add(new ItemTableFeature { Table = table });

    /// <summary>A number on a log scale; see <see cref="NumberFeature"/>.</summary>
    /// <param name="column">A number column of the catalog.</param>
    /// <param name="transform">What follows the logarithm in the z-score's place; null for the z-score.</param>
    public ItemFeatureBuilder LogNumber(string column, NumberTransform? transform = null) => Add(new NumberFeature { Column = column, Log = true, Transform = transform });

    /// <summary>A number; see <see cref="NumberFeature"/>.</summary>
    /// <param name="column">A number column of the catalog.</param>
    /// <param name="transform">What takes the z-score's place; null for the z-score.</param>
    public ItemFeatureBuilder Number(string column, NumberTransform? transform = null) => Add(new NumberFeature { Column = column, Transform = transform });

    /// <summary>One column a bucket of a number; see <see cref="BucketTransform"/>. A missing number has a bucket of its own.</summary>
    /// <param name="column">A number column of the catalog.</param>
    /// <param name="edges">The edges, ascending; none means quantiles.</param>
    public ItemFeatureBuilder Buckets(string column, params double[] edges) =>
        Add(new NumberFeature { Column = column, Missing = MissingNumber.OwnBucket, Transform = new BucketTransform { Edges = edges.Length == 0 ? null : edges } });

    /// <summary>Counts of events; see <see cref="CountsFeature"/>.</summary>
    /// <param name="types">The types; none means click, cart and purchase.</param>
    public ItemFeatureBuilder Counts(params EventType[] types) => Add(types.Length == 0 ? new CountsFeature() : new CountsFeature { Types = types });

    /// <summary>Counts of events in the last days of the log and their trend; see <see cref="RecentCountsFeature"/>.</summary>
    /// <param name="types">The types; none means click and purchase.</param>
    public ItemFeatureBuilder RecentCounts(params EventType[] types) => Add(types.Length == 0 ? new RecentCountsFeature() : new RecentCountsFeature { Types = types });

    /// <summary>The Wilson-scored rate of one event type among another; see <see cref="WilsonRateFeature"/>.</summary>
    /// <param name="success">What is counted.</param>
    /// <param name="trial">Out of what.</param>
    /// <param name="z">The interval's confidence as the normal quantile, over 0; null for 95 %.</param>
    /// <param name="upper">Whether the upper end is a column too.</param>
    public ItemFeatureBuilder WilsonRate(EventType success, EventType trial, double? z = null, bool upper = false) => Add(new WilsonRateFeature { Success = success, Trial = trial, Z = z, Upper = upper });

    /// <summary>The Wilson-scored rate of clicks among impressions; see <see cref="WilsonRateFeature"/>.</summary>
    public ItemFeatureBuilder WilsonCtr() => WilsonRate(EventType.Click, EventType.Impression);

    /// <summary>The Wilson-scored rate of purchases among clicks; see <see cref="WilsonRateFeature"/>.</summary>
    public ItemFeatureBuilder WilsonCvr() => WilsonRate(EventType.Purchase, EventType.Click);

    /// <summary>How many users, and how many of them again; see <see cref="RepeatFeature"/>.</summary>
    /// <param name="type">The type of event that is repeated.</param>
    public ItemFeatureBuilder Repeats(EventType type = EventType.Purchase) => Add(new RepeatFeature { Type = type });
}
