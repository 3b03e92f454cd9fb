using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LineRec;

/// <summary>
/// Links the placements to the first bundle and to each newer one that is published. A bundle that is refused, damaged or without what
/// a placement needs, leaves the one in service as it is.
/// </summary>
internal sealed class RecommenderHost : IHostedService, IDisposable
{
    private readonly LineRecOptions _options;
    private readonly PipelineBlueprint _blueprint;
    private readonly LineRecBuilder _builder;
    private readonly IServiceProvider _services;
    private readonly RecommenderOptions _recommenderOptions;
    private readonly BundleSource? _source;
    private readonly Lazy<Recommender> _recommender;
    private LinkedPipeline? _first;
    private bool _hasFirst;

    public RecommenderHost(IOptions<LineRecOptions> options, LineRecBuilder builder, IServiceProvider services, IUserHistoryStore histories, ILiveItems live, TimeProvider time, ILogger<BundleSource> logger)
    {
        (_options, _builder, _services) = (options.Value, builder, services);
        _blueprint = builder.Build();
        _recommenderOptions = new RecommenderOptions { Histories = histories, Live = live, TimeProvider = time, Exposures = (ExposureLog?)services.GetService(typeof(ExposureLog)) };
        if (_options.Bundle is { } bundle) _source = new BundleSource(bundle, TakeOver, logger, time);
        _recommender = new Lazy<Recommender>(LoadFirst);
    }

    /// <summary>The recommender; the bundle is loaded on first use, at the latest when the host starts.</summary>
    public Recommender Recommender => _recommender.Value;

    public bool IsLoaded => _recommender.IsValueCreated;

    /// <summary>Why the newest bundle wasn't taken; null when the newest one serves.</summary>
    public BundleRefusal? LastRefusal => _source?.LastRefusal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Recommender;
        _source?.Start(_options.BundlePollInterval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _source?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Looks for a newer bundle now, and swaps it in.</summary>
    /// <returns>Whether a newer one took over.</returns>
    public Task<bool> CheckNowAsync() => _source?.CheckNowAsync() ?? Task.FromResult(false);

    public void Dispose()
    {
        _source?.Dispose();
        if (_recommender.IsValueCreated) _recommender.Value.Dispose();
    }

    private Recommender LoadFirst()
    {
        if (_source is null) return new Recommender(Link(_options.Snapshot!), _recommenderOptions);
        _source.Load();
        var recommender = new Recommender(_first!, _recommenderOptions);
        (_first, _hasFirst) = (null, true); // or it would outlive its bundle
        return recommender;
    }

    private void TakeOver(ModelSnapshot snapshot)
    {
        var pipeline = Link(snapshot);
        if (!_hasFirst)
        {
            _first?.Dispose();
            _first = pipeline;
            return;
        }

        Recommender.Swap(pipeline);
        Telemetry.Swapped(snapshot.Version);
    }

    private LinkedPipeline Link(ModelSnapshot snapshot) =>
        PipelineLinker.Link(_blueprint, snapshot, _services, _builder.LifetimeOf, _recommenderOptions.TimeProvider);
}
