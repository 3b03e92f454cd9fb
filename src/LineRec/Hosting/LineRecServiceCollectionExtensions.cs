using LineRec;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds LineRec to a host.</summary>
public static class LineRecServiceCollectionExtensions
{
    /// <summary>
    /// Adds LineRec: <see cref="IRecommender"/> (scoped), <see cref="Recommender"/>, <see cref="IUserHistoryStore"/> and <see cref="ILiveItems"/>
    /// (singletons; register your own before or after to replace them). The bundle is loaded when the host starts; a missing or damaged one fails the start.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Names the bundle.</param>
    /// <returns>The builder that placements are added to. Called twice, both calls configure the same one.</returns>
    public static ILineRecBuilder AddLineRec(this IServiceCollection services, Action<LineRecOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<LineRecOptions>().Configure(configure).ValidateOnStart();
        if (services.FirstOrDefault(s => s.ServiceType == typeof(LineRecBuilder))?.ImplementationInstance is LineRecBuilder known) return known;

        var builder = new LineRecBuilder(services);
        services.AddSingleton(builder);
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LineRecOptions>, LineRecOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILiveItems, LiveItems>();
        services.TryAddSingleton<IUserHistoryStore>(p => new InMemoryUserHistoryStore(p.GetRequiredService<IOptions<LineRecOptions>>().Value.MaxEventsPerUser));
        services.AddSingleton<RecommenderHost>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<RecommenderHost>());
        services.AddSingleton(p => p.GetRequiredService<RecommenderHost>().Recommender);
        services.AddScoped<IRecommender, ScopedRecommender>();
        return builder;
    }

    /// <summary>Adds a health check: healthy while a bundle serves, degraded while a newer one is refused.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    public static IHealthChecksBuilder AddLineRec(this IHealthChecksBuilder builder, string name = "linerec")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, p => new BundleHealthCheck(p.GetRequiredService<RecommenderHost>()), failureStatus: null, tags: null));
    }
}
