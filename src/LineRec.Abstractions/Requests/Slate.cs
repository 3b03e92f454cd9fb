namespace LineRec;

/// <summary>The answer to a request.</summary>
/// <param name="placement">The placement that was asked.</param>
/// <param name="attributionId">The id that clicks and orders are attributed to.</param>
/// <param name="bundleVersion">The model version that answered.</param>
/// <param name="items">The items, best first.</param>
/// <param name="degradations">What the answer lacks, and why.</param>
/// <param name="timings">How long the stages took.</param>
public sealed class Slate(string placement, Guid attributionId, string bundleVersion, SlateItem[] items, Degradation[] degradations, StageTimings timings)
{
    /// <summary>The placement that was asked.</summary>
    public string Placement => placement;

    /// <summary>The id that clicks and orders are attributed to: hand it out with the items and log it with what follows.</summary>
    public Guid AttributionId => attributionId;

    /// <summary>The model version that answered.</summary>
    public string BundleVersion => bundleVersion;

    /// <summary>The items, best first.</summary>
    public IReadOnlyList<SlateItem> Items => items;

    /// <summary>What the answer lacks, and why; empty when all went well.</summary>
    public IReadOnlyList<Degradation> Degradations => degradations;

    /// <summary>How long the stages took.</summary>
    public StageTimings Timings => timings;
}
