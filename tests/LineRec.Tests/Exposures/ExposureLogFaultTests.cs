using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace LineRec.Tests.Exposures;

public sealed class ExposureLogFaultTests : IDisposable
{
    private readonly SegmentFolder _folder = new();
    private readonly FaultyDisk _disk = new();

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_slow_disk_drops_exposures_and_holds_up_no_request()
    {
        using var dropped = new DroppedCounter();
        using var shop = new LoggedShop(_folder.Options(o => o.MaxWaiting = 4), _disk);
        _disk.HoldUp();
        var asked = shop.Ask(1);
        shop.Time.Advance(ExposureLogDefaults.WriteInterval);
        LoggedShop.Until(() => _disk.IsHeldUp);

        asked.AddRange(shop.Ask(4)); // these wait
        shop.Ask(10);                // these don't find room
        Assert.Equal(10, shop.Log.DroppedCount);
        Assert.True(dropped.Of("full") >= 10); // other logs of this process are counted, too

        _disk.GoOn();
        shop.Tick(() => shop.Log.WrittenCount == 5);
        asked.AddRange(shop.Ask(2)); // there is room again
        shop.Log.Dispose();
        Assert.Equal(asked, _folder.Requests);
        Assert.Equal((7, 10), (shop.Log.WrittenCount, shop.Log.DroppedCount));
    }

    [Fact]
    public void A_full_disk_costs_the_batch_is_said_once_and_over_when_there_is_room()
    {
        using var dropped = new DroppedCounter();
        using var shop = new LoggedShop(_folder.Options(), _disk);
        var asked = shop.Ask(3);
        shop.Tick(() => shop.Log.WrittenCount == 3);

        _disk.Left = 100;
        shop.Ask(2);
        shop.Tick(() => shop.Log.DroppedCount == 2);
        _disk.Left = 0;
        shop.Ask(2);
        shop.Tick(() => shop.Log.DroppedCount == 4);
        Assert.True(dropped.Of("disk") >= 4);
        Assert.Contains(_folder.Path, Assert.Single(shop.Messages.Of(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Empty(_folder.Open);
        Assert.EndsWith(ExposureSegments.CutExtension, Assert.Single(_folder.Finished), StringComparison.Ordinal);
        Assert.Equal(asked, _folder.Requests); // the batch that was whole is kept

        _disk.Left = long.MaxValue;
        asked.AddRange(shop.Ask(1));
        shop.Tick(() => shop.Log.WrittenCount == 4);
        Assert.Contains("4 requests were lost", Assert.Single(shop.Messages.Of(LogLevel.Information)), StringComparison.Ordinal);
        shop.Log.Dispose();
        Assert.Equal(asked, _folder.Requests);
        Assert.Single(shop.Messages.Of(LogLevel.Error));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_stops_no_request_and_is_said_once()
    {
        string inTheWay = Path.Combine(_folder.Path, "file");
        File.WriteAllText(inTheWay, "not a folder");
        string folder = Path.Combine(inTheWay, "segments");
        using var shop = new LoggedShop(new ExposureLogOptions { Folder = folder });
        shop.Ask(2);
        shop.Tick(() => shop.Log.DroppedCount == 2);
        shop.Ask(1);
        shop.Tick(() => shop.Log.DroppedCount == 3);
        Assert.Contains("answered all the same", Assert.Single(shop.Messages.Of(LogLevel.Error)), StringComparison.Ordinal);

        File.Delete(inTheWay);
        shop.Ask(1);
        shop.Tick(() => shop.Log.WrittenCount == 1);
        shop.Log.Dispose();
        Assert.Single(ExposureSegments.In(folder));
    }

    [Fact]
    public void A_folder_that_goes_away_is_made_again()
    {
        using var shop = new LoggedShop(_folder.Options(o => o.SegmentBytes = 1));
        shop.Ask(1);
        shop.Tick(() => _folder.Finished.Length == 1);
        Directory.Delete(_folder.Path, recursive: true);
        var asked = shop.Ask(1);
        shop.Tick(() => shop.Log.WrittenCount == 2);
        shop.Log.Dispose();
        Assert.Equal(asked, _folder.Requests);
    }

    [Fact]
    public void The_end_writes_what_waits_and_later_requests_are_answered_all_the_same()
    {
        using var shop = new LoggedShop(_folder.Options());
        var asked = shop.Ask(2_500); // more than a batch
        shop.Log.Dispose();
        Assert.Equal(asked, _folder.Requests);
        shop.Ask(3);
        Assert.Equal((2_500, 3), (shop.Log.WrittenCount, shop.Log.DroppedCount));
    }

    /// <summary>Sums linerec.exposures.dropped by reason.</summary>
    private sealed class DroppedCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _sums = [];

        public DroppedCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "LineRec", Name: "linerec.exposures.dropped" }) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                string reason = (string)tags.ToArray().Single(t => t.Key == "linerec.reason").Value!;
                lock (_sums) _sums[reason] = _sums.GetValueOrDefault(reason) + count;
            });
            _listener.Start();
        }

        public long Of(string reason)
        {
            lock (_sums) return _sums.GetValueOrDefault(reason);
        }

        public void Dispose() => _listener.Dispose();
    }
}
