namespace LineRec.Data;

/// <summary>Row groups whose rows are shuffled together.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Index">Its number in the epoch, from 0.</param>
/// <param name="Pieces">What it is made of.</param>
/// <param name="IsLast">Whether the epoch ends with it.</param>
internal sealed record Window(int Epoch, int Index, IReadOnlyList<Piece> Pieces, bool IsLast)
{
    /// <summary>The most that it takes in memory, decoding included.</summary>
    public long MemoryBytes => Pieces.Sum(p => p.Group.MemoryBytes) + Pieces.Max(p => p.Group.DecodingBytes);
}
