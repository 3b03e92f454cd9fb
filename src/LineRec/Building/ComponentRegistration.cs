namespace LineRec;

/// <summary>One component as a builder named it.</summary>
internal sealed class ComponentRegistration<T>(string name)
    where T : class
{
    public string Name { get; } = name;

    public int Limit { get; init; }

    /// <summary>Makes the component when the pipeline is linked; null for one that comes from the services.</summary>
    public ComponentFactory<T>? Factory { get; init; }

    /// <summary>The component's service type; null for one that a factory makes.</summary>
    public Type? ServiceType { get; init; }

    /// <summary>Null until the host chose one; see <see cref="PlacementBlueprint.PolicyOf{T}"/>.</summary>
    public FailurePolicy? Policy { get; set; }

    public TimeSpan? Timeout { get; set; }

    /// <summary>For rankers: how many candidates go on after this one; 0 for all.</summary>
    public int Take { get; set; }
}
