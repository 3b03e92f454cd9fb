using Microsoft.Extensions.Hosting;

namespace LineRec;

/// <summary>Ends the exposure log with its host: what waits is written. A host's own servers stop before it.</summary>
internal sealed class ExposureLogHost(ExposureLog log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(log.Dispose, CancellationToken.None).WaitAsync(cancellationToken);
}
