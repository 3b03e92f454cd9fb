namespace LineRec.Training;

/// <summary>
/// The layout of a checkpoint: <see cref="Magic"/>, then values as (length of the name, the name in UTF-8, bytes an element, count of elements, elements), a name of length -1, and the XxHash128 of all
/// before. Little-endian.
/// </summary>
internal static class CheckpointFile
{
    public const int End = -1, HashBytes = 16;

    /// <summary>Elements that are read or written at once: a span of bytes can't be longer than 2 GB.</summary>
    public const int Chunk = 1 << 18;

    /// <summary>What a file begins with; its last byte is the format's version.</summary>
    public static ReadOnlySpan<byte> Magic => "LRCKPT\n\u0001"u8;
}
