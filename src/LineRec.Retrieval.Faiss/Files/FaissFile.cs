using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace LineRec.Retrieval.Faiss.Files;

/// <summary>
/// A file that FAISS wrote, followed by what LineRec knows beyond it: state, its length (int64), format (int32), XXH3 of all before (uint64),
/// "LineRec\n". FAISS reads what it knows from the start and doesn't look at the rest.
/// </summary>
internal static class FaissFile
{
    private const int Format = 1;

    private const int EndLength = 8 + 4 + 8 + 8;

    // No state of 2 billion vectors is larger; a longer one is a damaged length.
    private const long MostState = 1L << 35;

    private static ReadOnlySpan<byte> Mark => "LineRec\n"u8;

    /// <summary>Appends state and checksum, and makes all of it durable.</summary>
    public static void Append(string path, Action<BinaryWriter> writeState)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        long start = stream.Seek(0, SeekOrigin.End);
        var writer = new BinaryWriter(stream);
        writeState(writer);
        writer.Flush();
        writer.Write(stream.Position - start);
        writer.Write(Format);
        writer.Flush();
        ulong hash = Hash(stream, stream.Length);
        stream.Seek(0, SeekOrigin.End);
        writer.Write(hash);
        writer.Write(Mark);
        writer.Flush();
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Checks a file and returns its state.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It isn't such a file, or is damaged.</exception>
    public static byte[] Check(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        Span<byte> end = stackalloc byte[EndLength];
        if (stream.Length >= EndLength)
        {
            stream.Seek(-EndLength, SeekOrigin.End);
            stream.ReadExactly(end);
        }

        if (!end[20..].SequenceEqual(Mark)) throw new InvalidDataException($"'{path}' wasn't written by FaissIndex.Save, or its end is missing: write it anew. FaissIndex.Import reads files of FAISS's own.");
        int format = BinaryPrimitives.ReadInt32LittleEndian(end[8..]);
        if (format != Format) throw new InvalidDataException($"'{path}' has format {format}; this version reads {Format}. Read it with the version that wrote it, or write it anew.");
        long length = BinaryPrimitives.ReadInt64LittleEndian(end);
        if (length < 0 || length > Math.Min(MostState, stream.Length - EndLength)) throw new InvalidDataException($"'{path}' is damaged: its state can't be {length} bytes of {stream.Length}. Write it anew.");
        if (Hash(stream, stream.Length - 16) != BinaryPrimitives.ReadUInt64LittleEndian(end[12..])) throw new InvalidDataException($"'{path}' is damaged: its checksum doesn't match. Write it anew.");
        if (length > Array.MaxLength) throw new InvalidDataException($"'{path}' has {length} bytes of state, more than an array holds. Build the index anew, so that no vector of it is replaced.");
        var state = new byte[length];
        stream.Seek(-EndLength - length, SeekOrigin.End);
        stream.ReadExactly(state);
        return state;
    }

    private static ulong Hash(FileStream stream, long length)
    {
        var hash = new XxHash3();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            stream.Seek(0, SeekOrigin.Begin);
            while (length > 0)
            {
                int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
                if (read == 0) throw new EndOfStreamException($"'{stream.Name}' became shorter while it was read.");
                hash.Append(buffer.AsSpan(0, read));
                length -= read;
            }

            return hash.GetCurrentHashAsUInt64();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
