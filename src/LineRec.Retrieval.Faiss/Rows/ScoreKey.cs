using System.Runtime.CompilerServices;

namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>A score and its row as one number whose ascending order is an answer's: score descending, NaN last, ties by ascending row.</summary>
internal static class ScoreKey
{
    /// <summary>Packs a score and a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(float score, int row)
    {
        // + 0 makes one zero of both. The sign's flip orders the bits of floats as unsigned numbers; NaN gets the lowest.
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint ordered = float.IsNaN(score) ? 0 : (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
        return ((ulong)~ordered << 32) | (uint)row;
    }

    /// <summary>The row.</summary>
    public static int Row(ulong key) => (int)(uint)key;

    /// <summary>The score.</summary>
    public static float Score(ulong key)
    {
        uint ordered = ~(uint)(key >> 32);
        if (ordered == 0) return float.NaN;
        return BitConverter.UInt32BitsToSingle((ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered);
    }

    /// <summary>Whether two have the same score.</summary>
    public static bool Tied(ulong a, ulong b) => a >> 32 == b >> 32;

    /// <summary>Sorts, where they aren't in order as FAISS's answers mostly are.</summary>
    public static void Sort(Span<ulong> keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i - 1] <= keys[i]) continue;
            keys.Sort();
            return;
        }
    }
}
