using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace LineRec;

/// <summary>
/// One segment that is being written: an Arrow IPC stream. Each batch is put together in memory and written at once, so that a killed process leaves whole batches and at the most a part of
/// the last. One thread at a time.
/// </summary>
internal sealed class ExposureSegment : IDisposable
{
    private readonly string _path;
    private readonly Stream _file;
    private readonly MemoryStream _buffer = new();
    private readonly ArrowStreamWriter _writer;

    private ExposureSegment(string path, Stream file)
    {
        (_path, _file) = (path, file);
        _writer = new ArrowStreamWriter(_buffer, ExposureBatch.Schema, leaveOpen: true);
        _writer.WriteStart(); // goes to the file with the first batch
    }

    /// <summary>How many bytes are whole in the file.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens a file for a new segment; it is locked until it is closed.</summary>
    public static FileStream Open(string path) => new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    /// <summary>Begins a segment.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">What its name begins with.</param>
    /// <param name="open">Opens its file.</param>
    public static ExposureSegment Begin(string folder, DateTimeOffset time, Func<string, Stream> open)
    {
        string name = $"exposures-{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}{ExposureSegments.OpenExtension}";
        string path = Path.Combine(folder, name);
        return new ExposureSegment(path, open(path));
    }

    /// <summary>Writes a batch.</summary>
    public void Write(RecordBatch batch)
    {
        _writer.WriteRecordBatch(batch);
        Flush();
    }

    /// <summary>Ends the stream, puts it on the disk and gives it its final name.</summary>
    public void Finish()
    {
        _writer.WriteEnd();
        Flush();
        Close(ExposureSegments.Extension);
    }

    /// <summary>Gives up after a failed write: what is whole is kept, as a segment that its writer didn't finish.</summary>
    public void GiveUp()
    {
        if (Bytes > 0)
        {
            _file.SetLength(Bytes);
            Close(ExposureSegments.CutExtension);
            return;
        }

        Dispose();
        File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _buffer.Dispose();
        _file.Dispose();
    }

    private void Flush()
    {
        _file.Write(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
        _file.Flush();
        Bytes += _buffer.Length;
        _buffer.SetLength(0);
    }

    private void Close(string extension)
    {
        Dispose();
        DurableFile.Flush(_path);
        string final = _path[..^ExposureSegments.OpenExtension.Length] + extension;
        try
        {
            File.Move(_path, final);
        }
        catch (FileNotFoundException)
        {
            return; // another host found it unlocked just now and took it over
        }

        DurableFile.FlushDirectory(Path.GetDirectoryName(final)!);
    }
}
