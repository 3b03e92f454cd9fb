using Microsoft.Extensions.DependencyInjection;

namespace LineRec;

/// <summary>Collects the placements of a host; one a service collection.</summary>
internal sealed class LineRecBuilder(IServiceCollection services) : ILineRecBuilder
{
    private readonly List<(string Name, Action<IPlacementBuilder> Configure)> _placements = [];

    public IServiceCollection Services => services;

    public ILineRecBuilder AddPlacement(string name, Action<IPlacementBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _placements.Add((name, configure));
        return this;
    }

    public PipelineBlueprint Build() => PipelineBlueprint.Build(_placements);

    /// <summary>How a service type is registered; the last registration counts. Null where it isn't.</summary>
    public ServiceLifetime? LifetimeOf(Type type)
    {
        for (int i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == type && !services[i].IsKeyedService) return services[i].Lifetime;
        }

        return null;
    }
}
