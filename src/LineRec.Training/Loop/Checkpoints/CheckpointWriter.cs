using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace LineRec.Training;

/// <summary>Writes a training's values to a stream. See <see cref="CheckpointFile"/>.</summary>
internal sealed class CheckpointWriter : TrainingState
{
    private readonly Stream _stream;
    private readonly XxHash128 _hash = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public CheckpointWriter(Stream stream)
    {
        _stream = stream;
        Write(CheckpointFile.Magic);
    }

    public override bool IsRestoring => false;

    /// <summary>Writes the end. Nothing may follow.</summary>
    public void End()
    {
        WriteNumber(CheckpointFile.End);
        _stream.Write(_hash.GetCurrentHash());
    }

    private protected override void Exchange<T>(string name, Span<T> values)
    {
        if (!_names.Add(name)) throw new InvalidOperationException($"Two values of the training's state are named '{name}'. Give each a name of its own.");
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        WriteNumber(utf8.Length);
        Write(utf8);
        WriteNumber(System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        WriteNumber((long)values.Length);
        for (int from = 0; from < values.Length; from += CheckpointFile.Chunk)
            Write(MemoryMarshal.AsBytes(values.Slice(from, Math.Min(CheckpointFile.Chunk, values.Length - from))));
    }

    private protected override int CountOf<T>(string name, int count) => count;

    private void WriteNumber<T>(T number)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in number)));

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        _stream.Write(bytes);
    }
}
