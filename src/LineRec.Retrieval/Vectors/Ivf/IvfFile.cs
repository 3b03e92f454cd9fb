using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LineRec.Retrieval;

/// <summary>Reads and writes the image of an index. Nothing of a file is believed before its checksum is right, and no size before it fits the file.</summary>
internal static unsafe class IvfFile
{
    public static void Save(IvfData data, string path) => DurableFile.Replace(path, aside =>
    {
        using var file = File.OpenHandle(aside, FileMode.CreateNew, FileAccess.Write);
        var header = *data.Header;
        header.Checksum = Checksum(header, data.Image, data.Bytes);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(new ReadOnlySpan<IvfHeader>(in header)), 0);
        const int Piece = 1 << 24;
        for (long at = sizeof(IvfHeader); at < data.Bytes; at += Piece) RandomAccess.Write(file, new ReadOnlySpan<byte>(data.Image + at, (int)Math.Min(Piece, data.Bytes - at)), at);
    });

    public static IvfData Open(string path, NpyMatrix<float> vectors)
    {
        long length;
        using (SafeFileHandle handle = File.OpenHandle(path))
        {
            length = RandomAccess.GetLength(handle);
            IvfHeader header = default;
            int read = RandomAccess.Read(handle, MemoryMarshal.AsBytes(new Span<IvfHeader>(ref header)), 0);
            CheckHeader(path, header, read, length, vectors);
        }

        var map = new Mapping(path, length);
        try
        {
            var header = *(IvfHeader*)map.First;
            if (Checksum(header, map.First, length) != header.Checksum) throw Damaged(path, "its checksum is wrong");
            var data = new IvfData(map.First, map);
            CheckContents(path, data);
            return data;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    private static void CheckHeader(string path, in IvfHeader header, int read, long length, NpyMatrix<float> vectors)
    {
        if (read < sizeof(IvfHeader) || header.Magic != IvfHeader.ExpectedMagic) throw new InvalidDataException($"'{path}' isn't a vector index of LineRec.");
        if (header.Version != IvfHeader.CurrentVersion) throw new InvalidDataException($"'{path}' has format version {header.Version}; this library reads {IvfHeader.CurrentVersion}. Build the index anew.");
        bool sane = Enum.IsDefined(header.Metric) && header is { Dimension: > 0 and <= 1 << 20, Lists: > 0 and <= 1 << 24, Blocks: >= 0, Count: >= 0, OddRows: >= 0, MatrixRows: >= 0 }
            && header.Blocks == CodeLayout.BlocksOf(header.Count) && (long)header.Count + header.OddRows <= header.MatrixRows;
        if (!sane || IvfData.BytesOf(header) != length) throw Damaged(path, $"it has {length} bytes, which its header doesn't fit");
        if (header.Dimension != vectors.Columns || header.MatrixRows != vectors.Rows)
            throw new InvalidDataException($"'{path}' was built from {header.MatrixRows} vectors of {header.Dimension} values, and opened with {vectors.Rows} of {vectors.Columns}. Open it with its own vectors, or build it anew.");
        if (header.VectorsHash != IvfBuilder.HashOf(vectors)) throw new InvalidDataException($"'{path}' was built from other vectors than it is opened with. Build it anew from these.");
    }

    /// <summary>Even with the right checksum nothing may point outside. Optimised from the first call on, since an index is opened once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CheckContents(string path, IvfData data)
    {
        bool right = data.ListStarts[0] == 0 && data.ListStarts[data.Lists] == data.Header->Count;
        for (int l = 0; l < data.Lists; l++) right &= data.ListStarts[l] <= data.ListStarts[l + 1];
        for (int i = 0; i < data.Header->Count; i++) right &= (uint)data.Ids[i] < (uint)data.Header->MatrixRows;
        for (int i = 0; i < data.Header->OddRows; i++) right &= (uint)data.OddRows[i] < (uint)data.Header->MatrixRows;
        if (!right) throw Damaged(path, "its lists or rows are out of range");
    }

    /// <summary>The XXH3 of the header with no checksum, then of each gigabyte with the hash before it as the seed: hashing a piece at once takes a tenth of the time that appending takes in a process that has just started.</summary>
    internal static ulong Checksum(IvfHeader header, byte* image, long bytes)
    {
        header.Checksum = 0;
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<IvfHeader>(in header)));
        const int Piece = 1 << 30;
        for (long at = sizeof(IvfHeader); at < bytes; at += Piece) hash = XxHash3.HashToUInt64(new ReadOnlySpan<byte>(image + at, (int)Math.Min(Piece, bytes - at)), (long)hash);
        return hash;
    }

    private static InvalidDataException Damaged(string path, string what) => new($"'{path}' is damaged: {what}. Build the index anew, or copy the file again.");

    private sealed class Mapping : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private bool _disposed;

        public Mapping(string path, long length)
        {
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* pointer = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            First = pointer + _view.PointerOffset;
        }

        public byte* First { get; }

        public void Dispose()
        {
            if (_disposed) return; // a file that is refused is unmapped at once, and finalized later
            _disposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
