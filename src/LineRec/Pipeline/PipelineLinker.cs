using Microsoft.Extensions.DependencyInjection;

namespace LineRec;

/// <summary>Makes every component of every placement for one snapshot.</summary>
internal static class PipelineLinker
{
    /// <exception cref="PipelineException">Components can't be made for this snapshot; all faults are listed.</exception>
    public static LinkedPipeline Link(PipelineBlueprint blueprint, ModelSnapshot snapshot, IServiceProvider services, Func<Type, ServiceLifetime?>? lifetimeOf, TimeProvider clock)
    {
        var link = new Linking(snapshot, services, lifetimeOf);
        var placements = new Dictionary<string, LinkedPlacement>(StringComparer.Ordinal);
        foreach (var p in blueprint.Placements)
        {
            placements.Add(p.Name, new LinkedPlacement(
                p,
                link.Components(p, "retriever", p.Retrievers),
                link.Components(p, "filter", p.Filters),
                link.Components(p, "ranker", p.Rankers),
                link.Components(p, "re-ranker", p.ReRankers),
                clock));
        }

        if (link.Errors.Count > 0) throw new PipelineException(link.Errors);

        foreach (var placement in placements.Values) placement.Fallback = placement.FallbackName is { } name ? placements[name] : null;
        return new LinkedPipeline(snapshot, placements);
    }

    private sealed class Linking(ModelSnapshot snapshot, IServiceProvider services, Func<Type, ServiceLifetime?>? lifetimeOf)
    {
        public List<string> Errors { get; } = [];

        public LinkedComponent<T>[] Components<T>(PlacementBlueprint placement, string kind, IReadOnlyList<ComponentRegistration<T>> registrations)
            where T : class
        {
            var context = new ComponentContext(placement.Name, snapshot, services);
            var linked = new List<LinkedComponent<T>>();
            foreach (var registration in registrations)
            {
                try
                {
                    T? instance = Make(registration, context);
                    linked.Add(new(registration.Name, instance, registration.ServiceType, placement.PolicyOf(registration), registration.Timeout, registration.Take));
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    Errors.Add($"Placement '{placement.Name}', {kind} '{registration.Name}': {e.Message}");
                }
            }

            return [.. linked];
        }

        private T? Make<T>(ComponentRegistration<T> registration, ComponentContext context)
            where T : class
        {
            if (registration.Factory is { } factory)
            {
                return factory(context) ?? throw new InvalidOperationException("its factory returned null; return a component or throw.");
            }

            Type type = registration.ServiceType!;
            if (lifetimeOf is null) return (T)(services.GetService(type) ?? throw NotRegistered(type));
            var lifetime = lifetimeOf(type) ?? throw NotRegistered(type);
            return lifetime == ServiceLifetime.Singleton ? (T)services.GetRequiredService(type) : null;
        }

        private static InvalidOperationException NotRegistered(Type type) =>
            new($"{type} isn't registered with the services; add services.AddSingleton<{type.Name}>() or AddScoped.");
    }
}
