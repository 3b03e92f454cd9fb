using System.Runtime.InteropServices;

namespace LineRec;

/// <summary>Writes a .npy matrix row by row, so that it never needs to be whole in memory.</summary>
/// <typeparam name="T">float, int or another type that <see cref="NpyHeader"/> knows.</typeparam>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged
{
    private readonly FileStream _stream;
    private readonly string _path;
    private readonly long _expected;
    private long _written;

    /// <summary>Starts the file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="rows">How many rows will come.</param>
    /// <param name="columns">Values a row.</param>
    public NpyWriter(string path, int rows, int columns)
    {
        (_path, _expected) = (path, (long)rows * columns);
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _stream.Write(NpyHeader.Format<T>(rows, columns));
    }

    /// <summary>Writes values, row after row.</summary>
    /// <param name="values">The values.</param>
    public void Write(ReadOnlySpan<T> values)
    {
        _stream.Write(MemoryMarshal.AsBytes(values));
        _written += values.Length;
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="InvalidOperationException">Fewer or more values were written than announced.</exception>
    public void Complete()
    {
        if (_written != _expected) throw new InvalidOperationException($"'{_path}' was announced with {_expected} values; {_written} were written.");
        _stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
