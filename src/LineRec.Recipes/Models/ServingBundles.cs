using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>The published bundles that answered requests, found by the state of their features, each opened once.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="bundles">The root of the bundles.</param>
/// <param name="like">The features that examples of other bundles are encoded with.</param>
internal sealed class ServingBundles(string bundles, FittedFeatures like) : IDisposable
{
    private readonly BundleRegistry _registry = BundleRegistry.Read(bundles); // by what it says, not by looking into each bundle
    private readonly Dictionary<string, ModelSnapshot?> _opened = [];

    /// <summary>The bundle with a state; null where it isn't there any more, or its features were declared otherwise.</summary>
    public ModelSnapshot? Find(string state)
    {
        if (!_opened.TryGetValue(state, out var snapshot)) _opened.Add(state, snapshot = Open(state));
        return snapshot is not null && SnapshotFeatures.FittedFor(snapshot).EncodesLike(like) ? snapshot : null;
    }

    public void Dispose()
    {
        foreach (var snapshot in _opened.Values) snapshot?.Dispose();
    }

    private ModelSnapshot? Open(string state) => _registry.Bundles.Where(b => b.Lineage?.Spec == state)
        .Select(b => Path.Combine(bundles, b.Version)).FirstOrDefault(Directory.Exists) is { } bundle ? BundleReader.Open(bundle, verify: false) : null;
}
