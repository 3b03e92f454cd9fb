using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LineRec.Training;

/// <summary>A hash of the data that a training learns from, so that a checkpoint isn't taken up with other data.</summary>
internal sealed class DataDigest
{
    private readonly XxHash128 _hash = new();

    public DataDigest Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        long count = values.Length;
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in count)));
        for (int from = 0; from < values.Length; from += CheckpointFile.Chunk) _hash.Append(MemoryMarshal.AsBytes(values.Slice(from, Math.Min(CheckpointFile.Chunk, values.Length - from))));
        return this;
    }

    public DataDigest Add(string text) => Add(text.AsSpan());

    /// <summary>A matrix, or that there is none.</summary>
    public DataDigest Add(NpyMatrix<float>? matrix)
    {
        for (int row = 0; row < (matrix?.Rows ?? 0); row++) Add(matrix![row]);
        return Add<int>([matrix?.Rows ?? -1]);
    }

    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());
}
