using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tests.Bundles;

public sealed class BundleSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _taken = [];
    private readonly List<string> _log = [];
    private readonly FakeTimeProvider _time = new(SmallBundle.Created);
    private Exception? _refuseWith;
    private ModelSnapshot? _offered;
    private int _offers;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_newer_version_is_handed_over_once()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        Assert.False(await source.CheckNowAsync());
        SmallBundle.Publish(_folder.Path, "v2");
        Assert.True(await source.CheckNowAsync());
        Assert.False(await source.CheckNowAsync());
        Assert.Equal(["v1", "v2"], _taken);
        Assert.Equal("v2", source.Version);
    }

    [Fact]
    public void Without_a_bundle_the_first_load_says_so()
    {
        using var source = Create();
        Assert.Throws<BundleException>(source.Load);
    }

    [Fact]
    public async Task A_damaged_version_is_logged_once_and_the_old_one_stays_until_a_whole_one_comes()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        string damaged = SmallBundle.Publish(_folder.Path, "v2");
        File.AppendAllText(Path.Combine(damaged, "user_tower.onnx"), "!");

        Assert.False(await source.CheckNowAsync());
        Assert.False(await source.CheckNowAsync());
        Assert.Equal("v1", source.Version);
        Assert.Equal("v2", source.LastRefusal?.Version);
        Assert.IsType<BundleException>(source.LastRefusal?.Exception);
        Assert.Single(_log, l => l.Contains("refused") && l.Contains("user_tower.onnx"));

        SmallBundle.Publish(_folder.Path, "v3");
        Assert.True(await source.CheckNowAsync());
        Assert.Null(source.LastRefusal);
        Assert.Equal(["v1", "v3"], _taken);
    }

    [Fact]
    public async Task Taking_a_refused_version_back_ends_the_refusal()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        File.Delete(Path.Combine(SmallBundle.Publish(_folder.Path, "v2"), "items.npy"));
        Assert.False(await source.CheckNowAsync());
        BundleRoot.SetCurrent(_folder.Path, "v1");
        Assert.False(await source.CheckNowAsync());
        Assert.Null(source.LastRefusal);
    }

    [Fact]
    public async Task A_pointer_that_holds_no_version_is_a_refusal_too()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        File.WriteAllText(Path.Combine(_folder.Path, "current"), "../elsewhere");
        Assert.False(await source.CheckNowAsync());
        Assert.Contains("isn't a version", source.LastRefusal?.Exception.Message);
    }

    [Fact]
    public async Task A_version_that_its_owner_cannot_use_is_refused_and_disposed()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        SmallBundle.Publish(_folder.Path, "v2");
        _refuseWith = new InvalidOperationException("no ranker");
        Assert.False(await source.CheckNowAsync());
        Assert.Equal("no ranker", source.LastRefusal?.Exception.Message);
        Assert.Throws<ObjectDisposedException>(() => _offered!.GetOrCreate("x", _ => "x"));

        _refuseWith = null;
        Assert.True(await source.CheckNowAsync());
        Assert.Equal(["v1", "v2"], _taken);
    }

    [Fact]
    public async Task Polling_follows_the_clock_it_is_given()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        source.Start();
        SmallBundle.Publish(_folder.Path, "v2");
        _time.Advance(BundleDefaults.PollingInterval - TimeSpan.FromMilliseconds(1));
        await Task.Delay(50);
        Assert.Equal(["v1"], _taken);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await WaitFor(() => source.Version == "v2");
        Assert.Equal(["v1", "v2"], _taken);
    }

    [Fact]
    public async Task A_refused_version_is_not_read_again_at_every_look()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var source = Create();
        source.Load();
        source.Start();
        SmallBundle.Publish(_folder.Path, "v2");
        _refuseWith = new InvalidOperationException("no ranker");
        _time.Advance(BundleDefaults.PollingInterval);
        await WaitFor(() => source.LastRefusal is not null);
        int offers = _offers;
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(BundleDefaults.PollingInterval);
            await Task.Delay(20);
        }

        Assert.Equal(offers, _offers);
    }

    [Fact]
    public async Task A_bundles_own_folder_is_loaded_and_never_changes()
    {
        string bundle = SmallBundle.Publish(_folder.Path, "v1");
        using var source = new BundleSource(bundle, Take, time: _time);
        source.Load();
        SmallBundle.Publish(_folder.Path, "v2");
        Assert.False(await source.CheckNowAsync());
        Assert.Equal(["v1"], _taken);
    }

    [Fact]
    public async Task After_disposal_nothing_is_handed_over()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        var source = Create();
        source.Start();
        source.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => source.CheckNowAsync());
        Assert.Empty(_taken);
    }

    private BundleSource Create() => new(_folder.Path, Take, new ListLogger(_log), _time);

    private void Take(ModelSnapshot snapshot)
    {
        (_offered, _offers) = (snapshot, _offers + 1);
        if (_refuseWith is not null) throw _refuseWith;
        lock (_taken) _taken.Add(snapshot.Version);
        snapshot.Dispose();
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(5, patience.Token);
    }

    private sealed class ListLogger(List<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add(formatter(state, exception));
    }
}
