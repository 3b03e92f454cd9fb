namespace LineRec.Data;

public sealed class ExposureDamageTests : IDisposable
{
    private readonly SampleExposures _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_segment_without_an_end_is_read_up_to_its_last_whole_batch_wherever_it_was_cut()
    {
        _sample.Write([4, 3, 2]);
        string segment = Assert.Single(_sample.Finished);
        byte[] whole = File.ReadAllBytes(segment);
        File.Delete(segment);
        string left = Path.Combine(_sample.Segments, "left" + ExposureSegments.OpenExtension);
        var counts = new HashSet<int>();
        for (int length = 0; length <= whole.Length; length += length < whole.Length - 40 ? 37 : 1)
        {
            File.WriteAllBytes(left, whole[..length]);
            if (Directory.Exists(_sample.Log)) Directory.Delete(_sample.Log, recursive: true);
            var expected = SampleExposures.WholeBatches(whole[..length]);
            var result = _sample.Compact();
            Assert.Empty(result.Quarantined);
            Assert.Equal((1, expected.Count), (result.CutSegments, (int)result.Requests));
            Assert.Equal(expected, _sample.Read().Select(e => e.RequestId));
            Assert.Empty(Directory.EnumerateFiles(_sample.Segments));
            counts.Add(expected.Count);
        }

        Assert.Superset(new HashSet<int> { 0, 9 }, counts);
    }

    [Fact]
    public void A_finished_segment_that_lost_its_end_is_kept_aside()
    {
        _sample.Write([4, 3]);
        string segment = Assert.Single(_sample.Finished);
        byte[] whole = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, whole[..^8]);
        var result = _sample.Compact();
        var quarantined = Assert.Single(result.Quarantined);
        Assert.Equal((Path.Combine(_sample.Segments, "quarantine", Path.GetFileName(segment)), "it ends before its end."), (quarantined.Path, quarantined.Reason));
        Assert.Equal(7, result.Requests); // what came before the damage isn't lost
        Assert.True(File.Exists(quarantined.Path));
        Assert.Equal(0, _sample.Compact().Segments);

        File.WriteAllBytes(segment, whole); // repaired and put back
        Assert.Equal((0L, 7L), _sample.Compact() is var again ? (again.Requests, again.AlreadyThere) : default);
    }

    [Fact]
    public void Damage_anywhere_stops_neither_the_run_nor_the_other_segments()
    {
        _sample.Write([6, 5]);
        string damaged = Assert.Single(_sample.Finished);
        byte[] whole = File.ReadAllBytes(damaged);
        _sample.Write([2], first: 100);
        string healthy = Assert.Single(_sample.Finished, f => f != damaged);
        byte[] other = File.ReadAllBytes(healthy);
        int quarantined = 0;
        for (int at = 0; at < whole.Length; at += 13)
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 0xA5;
            File.WriteAllBytes(damaged, bytes);
            File.WriteAllBytes(healthy, other);
            if (Directory.Exists(_sample.Log)) Directory.Delete(_sample.Log, recursive: true);
            var result = _sample.Compact();
            var read = _sample.Read();
            Assert.Equal(read.Count, read.Select(e => e.RequestId).Distinct().Count());
            Assert.Equal(2, read.Count(e => e.UnixMilliseconds >= SampleExposures.Start.AddMinutes(100).ToUnixTimeMilliseconds() && e.UnixMilliseconds < SampleExposures.Start.AddMinutes(102).ToUnixTimeMilliseconds()));
            Assert.InRange(read.Count, 2, 13);
            if (read.Count < 13 && result.AlreadyThere == 0) Assert.Single(result.Quarantined);
            quarantined += result.Quarantined.Count;
        }

        Assert.True(quarantined > 20, $"{quarantined} of the damaged segments were noticed.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no Arrow stream, though it is long enough for a header")]
    public void A_file_that_is_no_segment_is_kept_aside(string content)
    {
        Directory.CreateDirectory(_sample.Segments);
        File.WriteAllText(Path.Combine(_sample.Segments, "strange.arrows"), content);
        Assert.Single(_sample.Compact().Quarantined);
        Assert.Empty(_sample.Read());
    }

    [Fact]
    public void A_segment_with_other_columns_is_kept_aside_and_names_them()
    {
        Directory.CreateDirectory(_sample.Segments);
        var schema = new Apache.Arrow.Schema([new("request_id", Apache.Arrow.Types.Int64Type.Default, false)], null);
        using (var file = File.Create(Path.Combine(_sample.Segments, "strange.arrows")))
        using (var writer = new Apache.Arrow.Ipc.ArrowStreamWriter(file, schema))
        {
            writer.WriteRecordBatch(new Apache.Arrow.RecordBatch(schema, [new Apache.Arrow.Int64Array.Builder().Append(1).Build()], 1));
            writer.WriteEnd();
        }

        Assert.Contains("'request_id'", Assert.Single(_sample.Compact().Quarantined).Reason, StringComparison.Ordinal);
    }
}
