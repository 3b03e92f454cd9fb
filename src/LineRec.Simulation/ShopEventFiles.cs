using System.Globalization;
using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>Writes the events table: as one run of part files, or as a partition a day. Not thread-safe.</summary>
/// <param name="folder">The events folder.</param>
/// <param name="byDate">Whether each day is a partition.</param>
internal sealed class ShopEventFiles(string folder, bool byDate) : IDisposable
{
    private const EventColumns Columns = EventColumns.Placement | EventColumns.Position | EventColumns.RequestId | EventColumns.Query | EventColumns.Quantity | EventColumns.Price | EventColumns.AnchorItemId;

    private readonly HashSet<string> _written = [];
    private EventWriter? _writer;

    /// <summary>Says that a day was written before.</summary>
    public void Keep(DateTimeOffset midnight) => _written.Add(PartitionOf(midnight));

    /// <summary>Goes on to a day.</summary>
    public void BeginDay(DateTimeOffset midnight)
    {
        if (_writer is not null && !byDate) return;
        Complete();
        string path = byDate ? PartitionOf(midnight) : folder;
        _writer = new EventWriter(path, Columns);
        _written.Add(path);
    }

    /// <summary>Writes an event of the day.</summary>
    public void Write(in EventRow row) => _writer!.Write(row);

    /// <summary>Ends a day: its partition is complete.</summary>
    public void EndDay()
    {
        if (byDate) Complete();
    }

    /// <summary>Ends the table, and removes what an earlier log of more days or of the other layout left.</summary>
    public void CompleteTable()
    {
        Complete();
        Directory.CreateDirectory(folder); // it may be paused before its first day
        foreach (string stale in Directory.EnumerateDirectories(folder, "date=*").Where(d => !_written.Contains(d)).ToList()) Directory.Delete(stale, recursive: true);
        if (!byDate) return;
        foreach (string stale in Directory.EnumerateFiles(folder, "part-*.parquet").ToList()) File.Delete(stale);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private string PartitionOf(DateTimeOffset midnight) => Path.Combine(folder, "date=" + midnight.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private void Complete()
    {
        _writer?.Complete();
        _writer?.Dispose();
        _writer = null;
    }
}
