namespace LineRec;

/// <summary>The one order of candidates everywhere: score descending, NaN last, ties by ascending row.</summary>
public static class CandidateOrder
{
    /// <summary>
    /// A key whose ascending order is the order of candidates: the score's bits made monotone and flipped in the high half, the row in
    /// the low half. -0 equals 0, NaN comes after negative infinity.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="row">The row, 0 or more.</param>
    public static ulong Key(float score, int row)
    {
        if (float.IsNaN(score)) return (0xFFFF_FFFFul << 32) | (uint)row;
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint ascending = (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
        return ((ulong)~ascending << 32) | (uint)row;
    }

    /// <summary>The score of a key: what was given to <see cref="Key"/>, with -0 as 0.</summary>
    /// <param name="key">A key.</param>
    public static float ScoreOf(ulong key)
    {
        uint ascending = ~(uint)(key >> 32);
        if (ascending == 0) return float.NaN;
        return BitConverter.UInt32BitsToSingle((ascending & 0x8000_0000) != 0 ? ascending & 0x7FFF_FFFF : ~ascending);
    }

    /// <summary>The row of a key.</summary>
    /// <param name="key">A key.</param>
    public static int RowOf(ulong key) => (int)(uint)key;
}
