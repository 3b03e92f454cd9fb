using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LineRec.Onnx;

/// <summary>
/// The file of a <see cref="TextEmbeddingCache"/>, little-endian: a head (magic, version, dimension, checksum), then blocks of
/// (count, keys [count] of 16 bytes, vectors [count, dimension] of floats, checksum). Checksums are XxHash128 of all that they end.
/// </summary>
internal static class TextEmbeddingFile
{
    /// <summary>Most vectors of a block.</summary>
    internal const int MostOfBlock = 65_536;

    /// <summary>What a file's name gets that isn't a cache at all.</summary>
    internal const string DamagedSuffix = ".damaged";

    private const int Version = 1, KeyLength = 16, ChecksumLength = 16, CountLength = 8, HeadLength = 16 + ChecksumLength, BufferLength = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "LRTEXTEC"u8;

    /// <summary>What a file holds.</summary>
    /// <param name="Places">Where each key's vector starts.</param>
    /// <param name="Blocks">The whole blocks: where each starts and how long it is.</param>
    /// <param name="Damage">What isn't whole, as a sentence; null where all is.</param>
    /// <param name="IsForeign">Whether not even the head is that of such a file.</param>
    internal sealed record Contents(Dictionary<UInt128, long> Places, List<(long Start, long Length)> Blocks, string? Damage = null, bool IsForeign = false);

    /// <summary>Where the vectors of a block start.</summary>
    internal static long VectorsOf(long block, int count) => block + CountLength + ((long)count * KeyLength);

    /// <summary>Writes a file beside the path, with blocks of another; to be renamed to the path when it is on the disk.</summary>
    /// <returns>The file.</returns>
    internal static string WriteAside(string path, int dimension, IReadOnlyList<(long Start, long Length)> blocks, Stream? from = null)
    {
        string aside = path + ".tmp";
        using var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None);
        byte[] head = new byte[HeadLength];
        Magic.CopyTo(head);
        BitConverter.TryWriteBytes(head.AsSpan(8), Version);
        BitConverter.TryWriteBytes(head.AsSpan(12), dimension);
        XxHash128.Hash(head.AsSpan(0, HeadLength - ChecksumLength), head.AsSpan(HeadLength - ChecksumLength));
        stream.Write(head);
        byte[] buffer = new byte[BufferLength];
        foreach (var (start, length) in blocks)
        {
            from!.Position = start;
            for (long left = length; left > 0;)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(left, BufferLength));
                from.ReadExactly(part);
                stream.Write(part);
                left -= part.Length;
            }
        }

        stream.Flush(flushToDisk: true);
        return aside;
    }

    internal static void WriteBlock(Stream stream, ReadOnlySpan<UInt128> keys, ReadOnlySpan<float> vectors)
    {
        var hash = new XxHash128();
        Put(BitConverter.GetBytes((long)keys.Length));
        Put(MemoryMarshal.AsBytes(keys));
        Put(MemoryMarshal.AsBytes(vectors));
        stream.Write(hash.GetCurrentHash());

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.Append(bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads keys and verifies checksums.</summary>
    /// <exception cref="InvalidOperationException">The head is whole, but of another dimension or version.</exception>
    internal static Contents Scan(FileStream stream, string path, int dimension)
    {
        var contents = new Contents([], []);
        if (!IsHead(stream, path, dimension)) return contents with { Damage = $"'{path}' doesn't start as a cache of embeddings does; it is now '{path}{DamagedSuffix}', and all texts will be encoded anew.", IsForeign = true };
        byte[] buffer = new byte[BufferLength];
        long at = HeadLength, damaged = 0;
        while (at < stream.Length)
        {
            stream.Position = at;
            long length = ReadBlock(stream, at, dimension, buffer, contents, out bool whole);
            if (!whole) damaged += length;
            at += length;
        }

        return damaged == 0 ? contents : contents with
        {
            Damage = $"'{path}' is damaged: {damaged} of its {stream.Length} bytes aren't what was written. {contents.Places.Count} vectors are kept; the other texts will be encoded anew.",
        };
    }

    private static bool IsHead(FileStream stream, string path, int dimension)
    {
        Span<byte> head = stackalloc byte[HeadLength], checksum = stackalloc byte[ChecksumLength];
        stream.Position = 0;
        if (stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength || !head.StartsWith(Magic)) return false;
        XxHash128.Hash(head[..^ChecksumLength], checksum);
        if (!head[^ChecksumLength..].SequenceEqual(checksum)) return false;
        int version = BitConverter.ToInt32(head[8..]), found = BitConverter.ToInt32(head[12..]);
        if (version != Version) throw new InvalidOperationException($"'{path}' is a cache of embeddings of version {version}; this package reads version {Version}. Use a file of its own, or delete it.");
        if (found != dimension) throw new InvalidOperationException($"'{path}' holds embeddings of {found} values; the encoder makes {dimension}. Use a file for each dimension, or delete it.");
        return true;
    }

    /// <summary>Reads one block, and adds it to the contents where it is whole.</summary>
    /// <returns>Its length; all that is left where the count can't be right.</returns>
    private static long ReadBlock(FileStream stream, long at, int dimension, byte[] buffer, Contents contents, out bool whole)
    {
        whole = false;
        long left = stream.Length - at;
        if (left < CountLength) return left;
        Span<byte> start = stackalloc byte[CountLength];
        stream.ReadExactly(start);
        long count = BitConverter.ToInt64(start);
        if (count is < 1 or > MostOfBlock) return left;
        long body = count * (KeyLength + ((long)dimension * sizeof(float))), length = CountLength + body + ChecksumLength;
        if (length > left) return left;
        var hash = new XxHash128();
        hash.Append(start);
        byte[] keys = new byte[count * KeyLength];
        stream.ReadExactly(keys);
        hash.Append(keys);
        for (long unread = body - keys.Length; unread > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(unread, buffer.Length));
            stream.ReadExactly(part);
            hash.Append(part);
            unread -= part.Length;
        }

        Span<byte> checksum = stackalloc byte[ChecksumLength];
        stream.ReadExactly(checksum);
        whole = checksum.SequenceEqual(hash.GetCurrentHash());
        if (!whole) return length;
        contents.Blocks.Add((at, length));
        long place = VectorsOf(at, (int)count);
        foreach (var key in MemoryMarshal.Cast<byte, UInt128>(keys))
        {
            contents.Places[key] = place;
            place += (long)dimension * sizeof(float);
        }

        return length;
    }
}
