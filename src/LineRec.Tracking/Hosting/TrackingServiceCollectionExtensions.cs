using LineRec.Tracking;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds experiment tracking to a host.</summary>
public static class TrackingServiceCollectionExtensions
{
    /// <summary>The name of the HTTP client that calls the server; configure it by <c>services.AddHttpClient(name)</c> for a proxy, certificates or headers of your own.</summary>
    public const string LineRecTrackingHttpClient = "LineRec.Tracking";

    /// <summary>
    /// Adds <see cref="IExperimentTracker"/> as a singleton, and a background service that sends what waits in the spool. Wrong options fail the host's start.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says where to: <see cref="TrackingOptions.TrackingUri"/>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddLineRecTracking(this IServiceCollection services, Action<TrackingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<TrackingOptions>().Configure(configure).ValidateOnStart();
        services.AddLogging();
        services.AddHttpClient(LineRecTrackingHttpClient, client => client.Timeout = Timeout.InfiniteTimeSpan);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TrackingOptions>, TrackingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IExperimentTracker>(p => ExperimentTracker.Create(
            p.GetRequiredService<IOptions<TrackingOptions>>().Value,
            () => p.GetRequiredService<IHttpClientFactory>().CreateClient(LineRecTrackingHttpClient),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<ExperimentTracker>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SpoolService>());
        return services;
    }
}
