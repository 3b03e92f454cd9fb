using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LineRec;

/// <summary>
/// Follows a bundle root: looks for a newer current version, loads it off the request path and hands it over. A bundle that is refused
/// is logged, and what was served stays.
/// </summary>
/// <remarks>Thread-safe. One look at a time; hand-overs are in order.</remarks>
public sealed class BundleSource : IDisposable
{
    private readonly string _path;
    private readonly Action<ModelSnapshot> _handOver;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ITimer? _timer;
    private string? _refusedState;
    private volatile BundleRefusal? _lastRefusal;
    private volatile string? _version;
    private volatile bool _disposed;

    /// <summary>Creates a source; nothing is read yet.</summary>
    /// <param name="path">A bundle root, or a bundle's own folder (which never changes).</param>
    /// <param name="handOver">Takes over a loaded snapshot and owns it from then on. Where it throws, the snapshot is disposed and the version refused.</param>
    /// <param name="logger">Told of loaded and refused versions.</param>
    /// <param name="time">Drives the polling. Default: the system's clock.</param>
    public BundleSource(string path, Action<ModelSnapshot> handOver, ILogger? logger = null, TimeProvider? time = null) =>
        (_path, _handOver, _logger, _time) = (path, handOver, logger ?? NullLogger.Instance, time ?? TimeProvider.System);

    /// <summary>The version handed over last; null before the first.</summary>
    public string? Version => _version;

    /// <summary>The refusal of the newest version; null when that one was taken, or nothing was refused.</summary>
    public BundleRefusal? LastRefusal => _lastRefusal;

    /// <summary>Loads and hands over the current version now, on the caller's thread: a host's start.</summary>
    /// <exception cref="BundleException">There is none, or it is refused.</exception>
    public void Load()
    {
        _gate.Wait();
        try
        {
            LoadAndHandOver();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts to look for newer versions.</summary>
    /// <param name="interval">How often; default <see cref="BundleDefaults.PollingInterval"/>.</param>
    public void Start(TimeSpan? interval = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var period = interval ?? BundleDefaults.PollingInterval;
        if (period <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), period, "The polling interval must be over zero.");
        _timer ??= _time.CreateTimer(static state => _ = ((BundleSource)state!).PollAsync(), this, period, period);
    }

    /// <summary>Looks for a newer version now, a refused one included, and loads it in the background.</summary>
    /// <param name="cancellationToken">Gives up waiting for a look that is under way.</param>
    /// <returns>Whether a newer version was handed over; where not, <see cref="LastRefusal"/> may say why.</returns>
    public async Task<bool> CheckNowAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await CheckAsync(force: true).ConfigureAwait(false);
    }

    /// <summary>Ends the polling and waits for a hand-over that is under way. What was handed over stays with its owner.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _timer?.Dispose();
        _gate.Wait();
        _disposed = true;
        _gate.Release();
    }

    private async Task PollAsync()
    {
        if (_disposed || !await _gate.WaitAsync(0).ConfigureAwait(false)) return; // the last look is still loading
        await CheckAsync(force: false).ConfigureAwait(false);
    }

    /// <summary>Runs with the gate taken and releases it. Never throws.</summary>
    private async Task<bool> CheckAsync(bool force)
    {
        string? state = null;
        try
        {
            if (_disposed) return false;
            state = ReadState();
            if (state is null || (state == _refusedState && !force) || IsServed()) return false;
            await Task.Run(LoadAndHandOver).ConfigureAwait(false);
            _refusedState = null;
            return true;
        }
#pragma warning disable CA1031 // a bad bundle must never take down a host that serves a good one
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (_lastRefusal?.Exception.Message != e.Message)
                _logger.LogError(e, "Bundle at {Path} was refused; {Version} stays in service: {Reason}", _path, _version ?? "nothing", e.Message);
            _refusedState = state;
            _lastRefusal = new BundleRefusal(state?.Split('|')[0], _time.GetUtcNow(), e);
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsServed()
    {
        if (BundleRoot.GetCurrent(_path) != _version) return false;
        _lastRefusal = null; // the refused version was taken back
        _refusedState = null;
        return true;
    }

    /// <summary>The current version with its manifest's time: a refused version is tried again only when that changes. Null for a bundle's own folder.</summary>
    private string? ReadState()
    {
        if (File.Exists(Path.Combine(_path, BundleDefaults.ManifestFile))) return null;
        string? version = BundleRoot.GetCurrent(_path);
        return version is null ? null : $"{version}|{File.GetLastWriteTimeUtc(Path.Combine(_path, version, BundleDefaults.ManifestFile)).Ticks}";
    }

    private void LoadAndHandOver()
    {
        long start = _time.GetTimestamp();
        string bundle = BundleRoot.Resolve(_path);
        var snapshot = BundleReader.Open(bundle);
        try
        {
            _handOver(snapshot);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }

        // The folder's name is what 'current' names; a copied bundle may say otherwise of itself.
        _version = bundle == _path ? snapshot.Version : Path.GetFileName(bundle);
        _lastRefusal = null;
        _logger.LogInformation("Bundle {Version} ({Items} items) is in service after {Milliseconds} ms.", snapshot.Version, snapshot.Catalog.Count, (long)_time.GetElapsedTime(start).TotalMilliseconds);
    }
}
