namespace LineRec.Data;

public sealed class ExposureCompactionTests : IDisposable
{
    private readonly SampleExposures _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void What_was_answered_can_be_read_by_day()
    {
        var answered = _sample.Write([100, 1, 80]); // from 22:00 on, so over midnight
        var result = _sample.Compact();
        Assert.Equal((1, 181L, 0L, 0), (result.Segments, result.Requests, result.AlreadyThere, result.CutSegments));
        Assert.Empty(_sample.Finished);
        Assert.Equal(["date=2026-01-30", "date=2026-01-31"], result.Files.Select(f => Path.GetFileName(Path.GetDirectoryName(f))!));

        var read = _sample.Read();
        Assert.Equal(answered.Keys, read.Select(e => e.RequestId));
        for (int i = 0; i < read.Count; i++)
        {
            var (exposure, slate) = (read[i], answered[read[i].RequestId]);
            Assert.Equal((slate.Placement, "v1", SampleExposures.Start.AddMinutes(i).ToUnixTimeMilliseconds()), (exposure.Placement, exposure.BundleVersion, exposure.UnixMilliseconds));
            Assert.Equal(i % 5 == 0 ? null : $"u{i % 7}", exposure.UserId);
            Assert.Equal(slate.Items.Select(s => s.ItemId), exposure.ItemIds);
            Assert.Equal(slate.Items.Select(s => s.Score), exposure.Scores);
            if (slate.Placement == "cart")
            {
                Assert.Equal((null, null, null, 0), (exposure.FeatureState, exposure.UserFeatures, exposure.CrossFeatures, exposure.CrossWidth));
                Assert.Equal(["c"], exposure.Sources);
                Assert.All(exposure.Origins, origins => Assert.Equal(1, origins));
                continue;
            }

            int[] rows = [.. exposure.ItemIds.Select(id => int.Parse(id[5..], System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal(rows.Select(row => (row % 3 == 0 ? 1L : 0) | (row % 5 == 0 ? 2L : 0)), exposure.Origins);
            Assert.Equal("state-1", exposure.FeatureState);
            Assert.Equal([i, 0.1f], exposure.UserFeatures!);
            Assert.Equal(rows.SelectMany(row => new[] { row, i / 3f }), exposure.CrossFeatures!);
        }
    }

    [Fact]
    public void A_reader_takes_a_window_a_placement_and_leaves_features()
    {
        _sample.Write([200]);
        _sample.Compact();
        var reader = new ExposureReader(_sample.Log);
        var some = reader.Read(SampleExposures.Start.AddMinutes(10), SampleExposures.Start.AddMinutes(20), "cart", features: false).ToList();
        Assert.Equal([12, 15, 18], some.Select(e => (e.UnixMilliseconds - SampleExposures.Start.ToUnixTimeMilliseconds()) / 60_000));
        Assert.Equal(80, reader.Read(from: new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)).Count());

        File.WriteAllText(reader.Files[0], "not Parquet"); // the first day isn't opened for a window that begins after it
        Assert.Equal(80, reader.Read(from: new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)).Count());
        Assert.Contains(reader.Files[0], Assert.Throws<InvalidDataException>(() => reader.Read().Count()).Message, StringComparison.Ordinal);
        Assert.Contains(reader.Files[0], Assert.Throws<InvalidDataException>(() => CompactOneMore()).Message, StringComparison.Ordinal);
        Assert.Single(_sample.Finished); // nothing is removed before it is safe

        void CompactOneMore()
        {
            _sample.Write([1]);
            _sample.Compact();
        }
    }

    [Fact]
    public void Features_that_were_not_asked_for_are_not_read()
    {
        _sample.Write([3]);
        _sample.Compact();
        var home = new ExposureReader(_sample.Log).Read(placement: "home", features: false).ToList();
        Assert.All(home, e => Assert.Equal(("state-1", null, null), (e.FeatureState, e.UserFeatures, e.CrossFeatures)));
        Assert.NotEmpty(home);
    }

    [Fact]
    public void Several_segments_and_several_runs_are_one_log()
    {
        var answered = _sample.Write([5], first: 0);
        foreach (var (id, slate) in _sample.Write([5], first: 5)) answered.Add(id, slate);
        Assert.Equal(2, _sample.Compact().Segments);
        foreach (var (id, slate) in _sample.Write([5], first: 10)) answered.Add(id, slate);
        Assert.Equal(["part-00001.parquet"], _sample.Compact().Files.Select(Path.GetFileName));
        Assert.Equal(answered.Keys, _sample.Read().Select(e => e.RequestId));
        Assert.Empty(_sample.Compact().Files); // nothing to do
    }

    [Fact]
    public void A_run_that_was_killed_before_it_removed_its_segments_adds_nothing_when_it_is_run_again()
    {
        var answered = _sample.Write([50, 20]);
        var before = _sample.Finished.ToDictionary(f => f, File.ReadAllBytes);
        _sample.Compact();
        foreach (var (file, bytes) in before) File.WriteAllBytes(file, bytes);
        var more = _sample.Write([10], first: 70);

        var again = _sample.Compact();
        Assert.Equal((10L, 70L), (again.Requests, again.AlreadyThere));
        Assert.Equal(answered.Keys.Concat(more.Keys).Order(StringComparer.Ordinal), _sample.Read().Select(e => e.RequestId).Order(StringComparer.Ordinal));
        Assert.Empty(_sample.Finished);
    }

    [Fact]
    public void A_run_that_was_killed_while_it_wrote_leaves_nothing_that_counts()
    {
        var answered = _sample.Write([50]);
        string partition = Path.Combine(_sample.Log, "date=2026-01-30");
        Directory.CreateDirectory(partition);
        File.WriteAllText(Path.Combine(partition, "part-00000.parquet.partial"), "half a file");
        using (var cancelled = new CancellationTokenSource())
        {
            cancelled.Cancel();
            Assert.Throws<OperationCanceledException>(() => ExposureCompaction.Run(_sample.Segments, _sample.Log, cancelled.Token));
        }

        Assert.Single(_sample.Finished);
        _sample.Compact();
        Assert.Equal(answered.Keys, _sample.Read().Select(e => e.RequestId));
        Assert.Empty(Directory.EnumerateFiles(_sample.Log, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void One_compaction_at_a_time_works_in_a_folder()
    {
        _sample.Write([5]);
        Directory.CreateDirectory(_sample.Log);
        using (new FileStream(Path.Combine(_sample.Log, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("Another compaction", Assert.Throws<IOException>(() => _sample.Compact()).Message, StringComparison.Ordinal);
        Assert.Equal(5, _sample.Compact().Requests);
    }

    [Fact]
    public void A_replayed_request_is_in_the_log_once()
    {
        _sample.Write([6]);
        _sample.Write([8]); // the same seeds at the same instants, and two more
        var result = _sample.Compact();
        Assert.Equal((8L, 6L), (result.Requests, result.AlreadyThere));
        Assert.Equal(8, _sample.Read().Select(e => e.RequestId).Distinct().Count());
        Assert.Equal(8, _sample.Read().Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        Assert.Contains(_sample.Segments, Assert.Throws<DirectoryNotFoundException>(() => _sample.Compact()).Message, StringComparison.Ordinal);
        Assert.Contains("exposures compact", Assert.Throws<DirectoryNotFoundException>(() => new ExposureReader(_sample.Log)).Message, StringComparison.Ordinal);
    }
}
