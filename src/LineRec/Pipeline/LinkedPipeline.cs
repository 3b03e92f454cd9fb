using System.Collections.Frozen;

namespace LineRec;

/// <summary>All placements linked to one snapshot: what a bundle swap swaps. Disposing it disposes the snapshot, and with that what components share through it.</summary>
internal sealed class LinkedPipeline(ModelSnapshot snapshot, IReadOnlyDictionary<string, LinkedPlacement> placements) : IDisposable
{
    private readonly FrozenDictionary<string, LinkedPlacement> _placements = placements.ToFrozenDictionary(StringComparer.Ordinal);

    public ModelSnapshot Snapshot => snapshot;

    public IEnumerable<string> PlacementNames => _placements.Keys.Order(StringComparer.Ordinal);

    public LinkedPlacement Find(string name) => _placements.TryGetValue(name, out var placement)
        ? placement
        : throw new ArgumentException($"Placement '{name}' isn't registered; there are {string.Join(", ", PlacementNames.Select(p => $"'{p}'"))}. Add it with AddPlacement.", nameof(name));

    public void Dispose() => snapshot.Dispose();
}
