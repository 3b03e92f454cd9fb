namespace LineRec.Tests.Exposures;

public sealed class ExposureSegmentTests : IDisposable
{
    private readonly SegmentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_segment_gets_its_name_when_it_is_finished()
    {
        using var shop = new LoggedShop(_folder.Options());
        var asked = shop.Ask(3);
        shop.Tick(() => shop.Log.WrittenCount == 3);
        Assert.Single(_folder.Open);
        Assert.Empty(_folder.Finished);

        shop.Log.Dispose();
        Assert.Empty(_folder.Open);
        Assert.StartsWith("exposures-20260301T120001000-", Path.GetFileName(Assert.Single(_folder.Finished)), StringComparison.Ordinal);
        Assert.Equal(asked, _folder.Requests);
    }

    [Fact]
    public void A_segment_is_finished_by_size()
    {
        using var shop = new LoggedShop(_folder.Options(o => o.SegmentBytes = 1));
        var asked = shop.Ask(2);
        shop.Tick(() => _folder.Finished.Length == 1);
        asked.AddRange(shop.Ask(2));
        shop.Tick(() => _folder.Finished.Length == 2);
        Assert.Equal(asked, _folder.Requests);
    }

    [Fact]
    public void A_segment_is_finished_by_age_also_when_nobody_asks_any_more()
    {
        using var shop = new LoggedShop(_folder.Options(o => o.SegmentAge = TimeSpan.FromSeconds(3)));
        var asked = shop.Ask(1);
        shop.Tick(() => shop.Log.WrittenCount == 1);
        Assert.Empty(_folder.Finished);
        shop.Time.Advance(TimeSpan.FromSeconds(2));
        shop.Tick(() => _folder.Finished.Length == 1);
        Assert.Equal(asked, _folder.Requests);
    }

    [Fact]
    public void What_a_dead_writer_left_is_taken_over_and_a_living_ones_is_not()
    {
        using var living = new LoggedShop(_folder.Options());
        living.Ask(2);
        living.Tick(() => living.Log.WrittenCount == 2);
        string open = Assert.Single(_folder.Open);
        string left = Path.Combine(_folder.Path, "exposures-20260228T235959000-0" + ExposureSegments.OpenExtension);
        File.WriteAllBytes(left, File.ReadAllBytes(Copy(open))[..^10]); // killed in the middle of a write

        using var other = new LoggedShop(_folder.Options());
        other.Ask(1);
        other.Tick(() => other.Log.WrittenCount == 1);
        Assert.Contains(open, _folder.Open);
        Assert.Equal([left[..^ExposureSegments.OpenExtension.Length] + ExposureSegments.CutExtension], _folder.Finished);
        Assert.Contains("1 segments", Assert.Single(other.Messages.Of(Microsoft.Extensions.Logging.LogLevel.Information)), StringComparison.Ordinal);
    }

    /// <summary>A copy of a file that is locked for others: the lock is for those who ask for it.</summary>
    private string Copy(string open)
    {
        string copy = Path.Combine(_folder.Path, "copy");
        using var process = System.Diagnostics.Process.Start("cp", [open, copy]);
        process.WaitForExit();
        return copy;
    }
}
