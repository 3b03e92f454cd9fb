using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LineRec.Training;

/// <summary>Sets a training's values from a checkpoint whose hash is right. See <see cref="CheckpointFile"/>.</summary>
internal sealed class CheckpointReader : TrainingState, IDisposable
{
    private const int BufferBytes = 1 << 20;
    private readonly FileStream _file;
    private readonly Dictionary<string, (long At, int Size, long Count)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    /// <summary>Opens a file and checks all of it.</summary>
    /// <exception cref="InvalidDataException">It isn't a whole checkpoint of this format.</exception>
    public CheckpointReader(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        try
        {
            RequireWhole();
            Index();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public override bool IsRestoring => true;

    /// <summary>Refuses a checkpoint that holds more than was asked for: it is another training's.</summary>
    /// <exception cref="InvalidDataException">Some values weren't read.</exception>
    public void RequireAllRead()
    {
        if (_unread.Count > 0) throw Foreign($"holds {_unread.Count} values that this training doesn't have, '{_unread.Order(StringComparer.Ordinal).First()}' among them");
    }

    public void Dispose() => _file.Dispose();

    private protected override void Exchange<T>(string name, Span<T> values)
    {
        var (at, size, count) = Find(name);
        if (size != Unsafe.SizeOf<T>() || count != values.Length)
            throw Foreign($"has {count} values of {size} bytes for '{name}', where this training has {values.Length} of {Unsafe.SizeOf<T>()} bytes");
        _unread.Remove(name);
        _file.Position = at;
        for (int from = 0; from < values.Length; from += CheckpointFile.Chunk)
            _file.ReadExactly(MemoryMarshal.AsBytes(values.Slice(from, Math.Min(CheckpointFile.Chunk, values.Length - from))));
    }

    private protected override int CountOf<T>(string name, int count) => checked((int)Find(name).Count);

    private (long At, int Size, long Count) Find(string name) => _entries.TryGetValue(name, out var entry) ? entry : throw Foreign($"has no '{name}'");

    private InvalidDataException Foreign(string what) =>
        new($"'{Path}' {what}: it is the checkpoint of another training. Give each training a folder of its own, or delete this one to start anew.");

    private InvalidDataException Damaged(string what) => new($"'{Path}' {what}.");

    private void RequireWhole()
    {
        long left = _file.Length - CheckpointFile.HashBytes;
        byte[] buffer = new byte[BufferBytes];
        Span<byte> begin = buffer.AsSpan(0, CheckpointFile.Magic.Length);
        if (left < begin.Length) throw Damaged($"is cut off: it has {_file.Length} bytes");
        _file.ReadExactly(begin);
        if (!begin[..^1].SequenceEqual(CheckpointFile.Magic[..^1])) throw Damaged("isn't a checkpoint");
        if (begin[^1] != CheckpointFile.Magic[^1]) throw Damaged($"has format {begin[^1]}, and this version reads format {CheckpointFile.Magic[^1]}");
        var hash = new XxHash128();
        hash.Append(begin);
        for (left -= begin.Length; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            _file.ReadExactly(part);
            hash.Append(part);
            left -= part.Length;
        }

        var expected = buffer.AsSpan(0, CheckpointFile.HashBytes);
        _file.ReadExactly(expected);
        if (!hash.GetCurrentHash().AsSpan().SequenceEqual(expected)) throw Damaged("is damaged or cut off: its hash is wrong");
    }

    private void Index()
    {
        using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        _file.Position = CheckpointFile.Magic.Length;
        for (int length = reader.ReadInt32(); length != CheckpointFile.End; length = reader.ReadInt32())
        {
            string name = Encoding.UTF8.GetString(reader.ReadBytes(length));
            var (size, count) = (reader.ReadInt32(), reader.ReadInt64());
            _entries.Add(name, (_file.Position, size, count));
            _unread.Add(name);
            _file.Position += size * count;
        }
    }
}
