using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LineRec;

/// <summary>
/// Loads the bundle, links the placements to it, and swaps both when a newer one is published. A bundle that is refused leaves the one
/// in service as it is.
/// </summary>
internal sealed class RecommenderHost : IHostedService, IDisposable
{
    private readonly LineRecOptions _options;
    private readonly PipelineBlueprint _blueprint;
    private readonly LineRecBuilder _builder;
    private readonly IServiceProvider _services;
    private readonly RecommenderOptions _recommenderOptions;
    private readonly ILogger<RecommenderHost> _logger;
    private readonly Lazy<Recommender> _recommender;
    private readonly SemaphoreSlim _checking = new(1, 1);
    private ITimer? _timer;
    private string? _serving;
    private string? _refused;

    public RecommenderHost(IOptions<LineRecOptions> options, LineRecBuilder builder, IServiceProvider services, IUserHistoryStore histories, ILiveItems live, TimeProvider time, ILogger<RecommenderHost> logger)
    {
        (_options, _builder, _services, _logger) = (options.Value, builder, services, logger);
        _blueprint = builder.Build();
        _recommenderOptions = new RecommenderOptions { Histories = histories, Live = live, TimeProvider = time };
        _recommender = new Lazy<Recommender>(() => new Recommender(LoadFirst(), _recommenderOptions));
    }

    /// <summary>The recommender; the bundle is loaded on first use, at the latest when the host starts.</summary>
    public Recommender Recommender => _recommender.Value;

    public bool IsLoaded => _recommender.IsValueCreated;

    /// <summary>Why the newest bundle wasn't taken; null when the newest one serves.</summary>
    public string? LastRefusal { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _logger.LogInformation("LineRec serves bundle {Version} on {Count} placements", Recommender.BundleVersion, Recommender.Placements.Count);
        if (_options.Bundle is not null)
            _timer = _recommenderOptions.TimeProvider.CreateTimer(static state => _ = ((RecommenderHost)state!).CheckNowAsync(), this, _options.BundlePollInterval, _options.BundlePollInterval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _checking.WaitAsync(cancellationToken).ConfigureAwait(false);
        _checking.Release();
    }

    /// <summary>Looks for a newer bundle now, and swaps it in.</summary>
    /// <returns>Whether a newer one took over.</returns>
    public async Task<bool> CheckNowAsync()
    {
        if (_options.Bundle is null || !await _checking.WaitAsync(0).ConfigureAwait(false)) return false;
        string? at = null;
        try
        {
            at = BundleRoot.Resolve(_options.Bundle);
            if (at == _serving || at == _refused) return false;
            var pipeline = Link(BundleReader.Open(at, _options.VerifyBundle));
            Recommender.Swap(pipeline);
            (_serving, _refused, LastRefusal) = (at, null, null);
            Telemetry.Swapped(pipeline.Snapshot.Version);
            _logger.LogInformation("LineRec swapped to bundle {Version}", pipeline.Snapshot.Version);
            return true;
        }
        catch (Exception e) when (e is BundleException or PipelineException or IOException or UnauthorizedAccessException)
        {
            if (LastRefusal != e.Message) _logger.LogError(e, "LineRec refused the bundle at {Path} and serves {Version} on", at ?? _options.Bundle, Recommender.BundleVersion);
            (_refused, LastRefusal) = (at, e.Message);
            return false;
        }
        finally
        {
            _checking.Release();
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _checking.Dispose();
        if (_recommender.IsValueCreated) _recommender.Value.Dispose();
    }

    private LinkedPipeline LoadFirst()
    {
        if (_options.Snapshot is { } snapshot) return Link(snapshot);
        _serving = BundleRoot.Resolve(_options.Bundle!);
        return Link(BundleReader.Open(_serving, _options.VerifyBundle));
    }

    private LinkedPipeline Link(ModelSnapshot snapshot)
    {
        try
        {
            return PipelineLinker.Link(_blueprint, snapshot, _services, _builder.LifetimeOf, _recommenderOptions.TimeProvider);
        }
        catch
        {
            if (snapshot != _options.Snapshot) snapshot.Dispose();
            throw;
        }
    }
}
