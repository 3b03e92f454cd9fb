using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace LineRec.Data;

/// <summary>Reads the batches of one segment up to its end, or to the last whole one where the end is missing.</summary>
internal sealed class ExposureSegmentReader : IDisposable
{
    /// <summary>What a stream that was ended ends with: a message of length 0.</summary>
    private static readonly byte[] EndOfStream = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    private readonly FileStream _file;
    private readonly ArrowStreamReader _reader;
    private readonly bool _mayBeCut;

    public ExposureSegmentReader(string path)
    {
        _mayBeCut = path.EndsWith(ExposureSegments.CutExtension, StringComparison.Ordinal);
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        _reader = new ArrowStreamReader(_file, leaveOpen: true);
    }

    /// <summary>Reads a batch.</summary>
    /// <returns>The batch, checked, to be disposed of; null at the end.</returns>
    /// <exception cref="ExposureDamageException">The segment is damaged here.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    public (RecordBatch Arrow, ExposureBatch Checked, Guid[] Ids)? Next()
    {
        RecordBatch? batch = null;
        try
        {
            batch = _reader.ReadNextRecordBatch();
            if (batch is null) return IsEnd() ? null : throw new InvalidDataException("it ends before its end.");
            var found = new ExposureBatch(batch);
            return (batch, found, found.ReadIds());
        }
        catch (Exception e)
        {
            batch?.Dispose();
            if (_mayBeCut && batch is null && _file.Position == _file.Length) return null; // the last batch wasn't written whole
            throw new ExposureDamageException(e is InvalidDataException ? e.Message : $"it can't be decoded: {OneLine.Of(e)}", e);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private bool IsEnd()
    {
        if (_mayBeCut) return _file.Position == _file.Length;
        Span<byte> end = stackalloc byte[EndOfStream.Length];
        if (_file.Position != _file.Length || _file.Length < end.Length) return false;
        _file.Seek(-end.Length, SeekOrigin.End);
        _file.ReadExactly(end);
        return end.SequenceEqual(EndOfStream);
    }
}
