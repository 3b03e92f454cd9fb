using Apache.Arrow;

namespace LineRec.Data;

/// <summary>One compaction: what it knows of each day, and the file it writes for it.</summary>
internal sealed class ExposureCompactionRun(string log) : IDisposable
{
    private readonly Dictionary<string, HashSet<Guid>> _known = [];
    private readonly SortedDictionary<string, ExposureParquet> _writers = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];

    public long Added { get; private set; }

    public long AlreadyThere { get; private set; }

    public IReadOnlyList<string> Files => _files;

    /// <summary>Adds a segment's requests.</summary>
    /// <exception cref="ExposureDamageException">The segment is damaged; what came before the damage is added.</exception>
    public void Add(string segment, CancellationToken cancellationToken)
    {
        using var reader = new ExposureSegmentReader(segment);
        while (reader.Next() is var (arrow, batch, ids))
        {
            using (arrow)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(arrow, batch, ids);
            }
        }
    }

    /// <summary>Completes the files: they are on the disk, under their names.</summary>
    public void Complete()
    {
        foreach (var writer in _writers.Values) writer.Complete();
    }

    public void Dispose()
    {
        foreach (var writer in _writers.Values) writer.Dispose();
    }

    /// <summary>Writes a batch in stretches of new requests of one day; mostly it is one.</summary>
    private void Add(RecordBatch arrow, ExposureBatch batch, Guid[] ids)
    {
        int start = 0;
        string? day = null;
        for (int row = 0; row <= batch.Count; row++)
        {
            string? now = row == batch.Count ? null : DayOfNew(batch.TimeOf(row), ids[row]);
            if (now == day) continue;
            if (day is not null) Write(arrow, start, row - start, day);
            (start, day) = (row, now);
        }
    }

    /// <summary>The partition of a request that the log doesn't hold yet; null for one that it holds.</summary>
    private string? DayOfNew(long time, Guid id)
    {
        string day = ExposureLogLayout.PartitionOf(time);
        if (KnownOf(day).Add(id)) return day;
        AlreadyThere++;
        return null;
    }

    private HashSet<Guid> KnownOf(string day)
    {
        if (_known.TryGetValue(day, out var ids)) return ids;
        ids = [];
        string partition = Path.Combine(log, day);
        if (Directory.Exists(partition))
        {
            foreach (string file in ParquetFiles.In(partition)) ExposureReader.AddIds(file, ids);
        }

        _known.Add(day, ids);
        return ids;
    }

    private void Write(RecordBatch arrow, int start, int count, string day)
    {
        if (!_writers.TryGetValue(day, out var writer))
        {
            string file = ExposureLogLayout.NextFile(Path.Combine(log, day));
            _writers.Add(day, writer = new ExposureParquet(file, arrow.Schema));
            _files.Add(file);
        }

        if (count == arrow.Length)
        {
            writer.Write(arrow);
        }
        else
        {
            using var stretch = arrow.SliceShared(start, count);
            writer.Write(stretch);
        }

        Added += count;
    }
}
