using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace LineRec;

/// <summary>
/// A matrix [rows, columns], row after row: an array, or a NumPy .npy file mapped into memory (format 1.0, little-endian, C order).
/// Embedding tables, item vectors and neighbour lists are such files.
/// </summary>
/// <typeparam name="T">float, int or another type that <see cref="NpyHeader"/> knows.</typeparam>
/// <remarks>
/// Immutable and thread-safe; no span of it may be used after <see cref="Dispose"/>. A file stays mapped until then; an array is given back when nothing refers to the matrix any more, disposed or not.
/// </remarks>
public sealed unsafe class NpyMatrix<T> : IDisposable
    where T : unmanaged
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly T[]? _array;
    private readonly GCHandle _pinned;
    private T* _data;

    /// <summary>Wraps values; they are pinned, not copied.</summary>
    /// <param name="values">The values, row after row.</param>
    /// <param name="columns">Values a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The values aren't whole rows.</exception>
    public NpyMatrix(T[] values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values.Length % columns != 0) throw new ArgumentException($"{values.Length} values aren't whole rows of {columns}.", nameof(values));
        (Rows, Columns, _array) = (values.Length / columns, columns, values);
        _pinned = GCHandle.Alloc(values, GCHandleType.Pinned);
        _data = (T*)_pinned.AddrOfPinnedObject();
    }

    private NpyMatrix(MemoryMappedFile file, MemoryMappedViewAccessor view, NpyHeader header)
    {
        (_file, _view, Rows, Columns) = (file, view, header.Rows, header.Columns);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _data = (T*)(pointer + view.PointerOffset + header.Length);
        GC.SuppressFinalize(this); // a span of it may outlive the last reference to the matrix
    }

    /// <summary>Lets an array go that was never disposed; spans of it keep it alive by themselves.</summary>
    ~NpyMatrix()
    {
        if (_pinned.IsAllocated) _pinned.Free();
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>Values a row.</summary>
    public int Columns { get; }

    /// <summary>The values of one row.</summary>
    /// <param name="row">0 to Rows - 1.</param>
    public ReadOnlySpan<T> this[int row]
    {
        get
        {
            if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {Rows} rows.");
            ObjectDisposedException.ThrowIf(_data == null, this);
            return _array is null ? new ReadOnlySpan<T>(_data + ((long)row * Columns), Columns) : _array.AsSpan(row * Columns, Columns);
        }
    }

    /// <summary>Several rows one after the other.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="count">How many; count × columns must fit an int.</param>
    public ReadOnlySpan<T> Slice(int firstRow, int count)
    {
        if (firstRow < 0 || count < 0 || firstRow > Rows - count) throw new ArgumentOutOfRangeException(nameof(firstRow), $"Rows {firstRow} to {firstRow + count} of {Rows} were asked for.");
        ObjectDisposedException.ThrowIf(_data == null, this);
        return _array is null ? new ReadOnlySpan<T>(_data + ((long)firstRow * Columns), checked(count * Columns)) : _array.AsSpan(firstRow * Columns, count * Columns);
    }

    /// <summary>Maps a .npy file into memory. O(1).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It isn't such a file, or is shorter than its header says.</exception>
    public static NpyMatrix<T> Open(string path)
    {
        NpyHeader header;
        using (var stream = File.OpenRead(path))
        {
            header = NpyHeader.Read(stream, path);
            header.RequireType<T>(path);
            long needed = header.Length + ((long)header.Rows * header.Columns * sizeof(T));
            if (stream.Length != needed) throw new InvalidDataException($"'{path}' has {stream.Length} bytes; its header says {needed}. The file is damaged; write it anew.");
        }

        if (header.Rows == 0) return new NpyMatrix<T>([], header.Columns);
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        try
        {
            return new NpyMatrix<T>(file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the matrix as a .npy file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public void Save(string path)
    {
        using var writer = new NpyWriter<T>(path, Rows, Columns);
        int chunk = Math.Max(1, (1 << 20) / Columns);
        for (int row = 0; row < Rows; row += chunk) writer.Write(Slice(row, Math.Min(chunk, Rows - row)));
        writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_data == null) return;
        _data = null;
        GC.SuppressFinalize(this);
        if (_pinned.IsAllocated) _pinned.Free();
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }
}
