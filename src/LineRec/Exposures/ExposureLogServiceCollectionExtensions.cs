using LineRec;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the exposure log to a host.</summary>
public static class ExposureLogServiceCollectionExtensions
{
    /// <summary>
    /// Logs every answered request to segments in a folder: <see cref="ExposureLog"/> (a singleton). Off where this isn't called. A folder that can't be written fails neither the start nor a
    /// request: what isn't logged is counted as linerec.exposures.dropped and said once.
    /// </summary>
    /// <param name="services">The host's services, with AddLineRec before or after.</param>
    /// <param name="configure">Names the folder. Wrong options fail the start.</param>
    public static IServiceCollection AddLineRecExposureLog(this IServiceCollection services, Action<ExposureLogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ExposureLogOptions>().Configure(configure).ValidateOnStart();
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ExposureLogOptions>, ExposureLogOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static p => new ExposureLog(p.GetRequiredService<IOptions<ExposureLogOptions>>().Value, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ExposureLog>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExposureLogHost>());
        return services;
    }
}
