using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LineRec.Tracking;

/// <summary>Sends what waits in the spool: at the start, then after each interval.</summary>
internal sealed class SpoolService(IExperimentTracker tracker, IOptions<TrackingOptions> options, TimeProvider time, ILogger<SpoolService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SpoolFolder is null) return;
        using var timer = new PeriodicTimer(options.Value.SpoolInterval, time);
        do
        {
            try
            {
                await tracker.SendSpooledAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                logger.LogError(e, "The spool can't be read or written; it is tried again in {Interval}.", options.Value.SpoolInterval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
