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
}
