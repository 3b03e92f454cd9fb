using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LineRec;

/// <summary>Healthy while a bundle serves, degraded while a newer one is refused, unhealthy before the first is loaded.</summary>
internal sealed class BundleHealthCheck(RecommenderHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!host.IsLoaded) return Task.FromResult(HealthCheckResult.Unhealthy("No bundle is loaded yet."));
        string version = host.Recommender.BundleVersion;
        return Task.FromResult(host.LastRefusal is { } refusal
            ? HealthCheckResult.Degraded($"Bundle '{version}' serves; a newer one was refused: {refusal.Exception.Message}")
            : HealthCheckResult.Healthy($"Bundle '{version}' serves."));
    }
}
