using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LineRec.Onnx;

/// <summary>
/// Embeddings of texts in a file, so that a run encodes only what no run before has. The key is a hash (XxHash128) of the text and of the
/// encoder's fingerprint: one file may serve several models of one dimension, and a changed model finds nothing old.
/// </summary>
/// <remarks>
/// Thread-safe; one process has the file open at a time. In memory are the keys, some 40 bytes a text; vectors are read from the file. A block of
/// vectors is appended with a checksum and flushed to the disk, so a crash costs the block that was being written. What is damaged is left out
/// when the file is opened, see <see cref="Damage"/>. Nothing is ever removed: delete the file to start anew.
/// </remarks>
public sealed class TextEmbeddingCache : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, long> _places;
    private readonly FileStream _stream;
    private long _end;

    private TextEmbeddingCache(FileStream stream, int dimension, Dictionary<UInt128, long> places, string? damage)
    {
        (_stream, Dimension, _places, Damage) = (stream, dimension, places, damage);
        _end = stream.Length;
    }

    /// <summary>Values a vector.</summary>
    public int Dimension { get; }

    /// <summary>What was found damaged when the file was opened and left out, as a sentence; null where all was well. A file that was no cache at all is kept beside it, as "….damaged".</summary>
    public string? Damage { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _places.Count;
        }
    }

    /// <summary>Opens or creates a cache. O(file): every checksum is verified, through a buffer of 1 MB.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="dimension">Values a vector: the encoder's.</param>
    /// <exception cref="InvalidOperationException">The file is whole, but of another dimension or a later version.</exception>
    /// <exception cref="IOException">Another process has the file open, or it can't be written.</exception>
    public static TextEmbeddingCache Open(string path, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (!File.Exists(path)) File.Move(TextEmbeddingFile.WriteAside(path, dimension, []), path);
        var stream = OpenStream(path);
        try
        {
            var contents = TextEmbeddingFile.Scan(stream, path, dimension);
            string? damage = contents.Damage;
            if (damage is not null)
            {
                string rebuilt = TextEmbeddingFile.WriteAside(path, dimension, contents.Blocks, stream);
                stream.Dispose();
                if (contents.IsForeign) File.Move(path, path + TextEmbeddingFile.DamagedSuffix, overwrite: true); // perhaps somebody's
                File.Move(rebuilt, path, overwrite: true);
                stream = OpenStream(path);
                contents = TextEmbeddingFile.Scan(stream, path, dimension);
            }

            return new TextEmbeddingCache(stream, dimension, contents.Places, damage);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the vector of a text.</summary>
    /// <param name="fingerprint">What made it: <see cref="BertTextEncoder.Fingerprint"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="vector">Receives <see cref="Dimension"/> values where there is one.</param>
    public bool TryGet(string fingerprint, string text, Span<float> vector)
    {
        if (vector.Length != Dimension) throw new ArgumentException($"The vector has room for {vector.Length} values; the cache holds {Dimension}.", nameof(vector));
        long place;
        lock (_lock)
        {
            if (!_places.TryGetValue(KeyOf(fingerprint, text), out place)) return false;
        }

        var bytes = MemoryMarshal.AsBytes(vector);
        if (ReadAt(bytes, place) != bytes.Length) throw new IOException($"'{_stream.Name}' was shortened while it was open.");
        return true;
    }

    /// <summary>Whether there is a vector of a text.</summary>
    /// <param name="fingerprint">What made it.</param>
    /// <param name="text">The text.</param>
    public bool Contains(string fingerprint, string text)
    {
        lock (_lock) return _places.ContainsKey(KeyOf(fingerprint, text));
    }

    /// <summary>Appends vectors as one block, on the disk when this returns. A text that is there already gets the new vector.</summary>
    /// <param name="fingerprint">What made them.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="vectors">Their vectors [texts, <see cref="Dimension"/>].</param>
    /// <exception cref="ArgumentException">There aren't as many vectors as texts.</exception>
    public void Add(string fingerprint, IReadOnlyList<string> texts, ReadOnlySpan<float> vectors)
    {
        if (vectors.Length != (long)texts.Count * Dimension) throw new ArgumentException($"There are {vectors.Length} values for {texts.Count} texts; {Dimension} each are needed.", nameof(vectors));
        lock (_lock)
        {
            for (int first = 0; first < texts.Count; first += TextEmbeddingFile.MostOfBlock)
            {
                int count = Math.Min(TextEmbeddingFile.MostOfBlock, texts.Count - first);
                var keys = new UInt128[count];
                for (int i = 0; i < count; i++) keys[i] = KeyOf(fingerprint, texts[first + i]);
                Append(keys, vectors.Slice(first * Dimension, count * Dimension));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static FileStream OpenStream(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static UInt128 KeyOf(string fingerprint, string text)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(fingerprint.AsSpan()));
        hash.Append("\0\0"u8);
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        return hash.GetCurrentHashAsUInt128();
    }

    private int ReadAt(Span<byte> bytes, long place)
    {
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(_stream.SafeFileHandle, bytes[read..], place + read) is > 0 and var got) read += got;
        return read;
    }

    private void Append(ReadOnlySpan<UInt128> keys, ReadOnlySpan<float> vectors)
    {
        try
        {
            _stream.Position = _end;
            TextEmbeddingFile.WriteBlock(_stream, keys, vectors);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _stream.SetLength(_end); // a full disk: what was there stays whole
            throw;
        }

        long place = TextEmbeddingFile.VectorsOf(_end, keys.Length);
        for (int i = 0; i < keys.Length; i++) _places[keys[i]] = place + ((long)i * Dimension * sizeof(float));
        _end = _stream.Position;
    }
}
