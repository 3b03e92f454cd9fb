namespace LineRec.Data;

/// <summary>One answered request of the exposure log: what was shown, and what the ranker saw. Slots are in order, best first: slot i holds what was shown at place i + 1.</summary>
/// <remarks>Not thread-safe for writing; the arrays are the caller's to keep.</remarks>
public sealed class Exposure
{
    /// <summary>The attribution id: what events carry as request_id.</summary>
    public required string RequestId { get; init; }

    /// <summary>The instant the answer is for, in milliseconds since 1970-01-01 UTC.</summary>
    public required long UnixMilliseconds { get; init; }

    /// <summary>Where it was shown.</summary>
    public required string Placement { get; init; }

    /// <summary>To whom; null where the request named nobody.</summary>
    public required string? UserId { get; init; }

    /// <summary>The version of the bundle that answered.</summary>
    public required string BundleVersion { get; init; }

    /// <summary>The fingerprint of the feature state that the features are of; null where no ranker left any.</summary>
    public required string? FeatureState { get; init; }

    /// <summary>The item in each slot.</summary>
    public required string[] ItemIds { get; init; }

    /// <summary>Each item's last score.</summary>
    public required float[] Scores { get; init; }

    /// <summary>The names of the placement's retrievers.</summary>
    public required string[] Sources { get; init; }

    /// <summary>Which of them proposed each item: bit s for source s; 0 for an item that came from the fallback placement.</summary>
    public required long[] Origins { get; init; }

    /// <summary>The encoder's user block [U]; null where no ranker left one, or features weren't read.</summary>
    public required float[]? UserFeatures { get; init; }

    /// <summary>The encoder's cross block [slots, C], slot after slot, NaN for a slot that wasn't ranked; null where no ranker left one, or features weren't read.</summary>
    public required float[]? CrossFeatures { get; init; }

    /// <summary>How many slots there are.</summary>
    public int Count => ItemIds.Length;

    /// <summary>Values of a slot's row of the cross block.</summary>
    public int CrossWidth => Count == 0 || CrossFeatures is null ? 0 : CrossFeatures.Length / Count;
}
