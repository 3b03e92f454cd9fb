namespace LineRec;

/// <summary>What a component is made from when a pipeline is linked to a snapshot.</summary>
/// <param name="Placement">The placement it is made for.</param>
/// <param name="Snapshot">The model version; share heavy things through <see cref="ModelSnapshot.GetOrCreate{T}"/>.</param>
/// <param name="Services">The host's services; empty without a container.</param>
public sealed record ComponentContext(string Placement, ModelSnapshot Snapshot, IServiceProvider Services);
