namespace LineRec;

/// <summary>
/// The column names of the exposure log, in segments (Arrow) and in the compacted log (Parquet) alike. A row is an answered request; what belongs to its slots is in lists, best first.
/// </summary>
public static class ExposureColumns
{
    /// <summary>The attribution id (<see cref="Slate.AttributionId"/>) as text: what events carry as request_id.</summary>
    public const string RequestId = "request_id";

    /// <summary>The instant the answer is for: timestamp[ms, UTC].</summary>
    public const string Time = "time";

    /// <summary>The placement that was asked: text.</summary>
    public const string Placement = "placement";

    /// <summary>The user: text; null where the request named none.</summary>
    public const string UserId = "user_id";

    /// <summary>The version of the bundle that answered: text.</summary>
    public const string BundleVersion = "bundle_version";

    /// <summary>The fingerprint of the feature state that the features are of: text; null where no ranker left any.</summary>
    public const string FeatureState = "feature_state";

    /// <summary>The items in slots 1, 2, …: list of text.</summary>
    public const string ItemIds = "item_ids";

    /// <summary>The items' last scores: list of float32, one a slot.</summary>
    public const string Scores = "scores";

    /// <summary>The names of the placement's retrievers: list of text.</summary>
    public const string Sources = "sources";

    /// <summary>Which of them proposed each item: list of int64, one a slot; bit s for source s, 0 for an item that came from the fallback placement.</summary>
    public const string Origins = "origins";

    /// <summary>The encoder's user block [U]: list of float32; null where no ranker left one.</summary>
    public const string UserFeatures = "user_features";

    /// <summary>The encoder's cross block [slots, C], slot after slot: list of float32; NaN for a slot that wasn't ranked. Null where no ranker left one.</summary>
    public const string CrossFeatures = "cross_features";
}
