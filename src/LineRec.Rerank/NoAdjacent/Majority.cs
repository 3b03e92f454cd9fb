namespace LineRec.Rerank;

/// <summary>
/// The value that more than half of a list have. R. S. Boyer, J. S. Moore, "MJRTY: a fast majority vote algorithm" (1981): one pass to
/// find the only value it can be, one to count it.
/// </summary>
internal static class Majority
{
    /// <summary>Finds the majority value.</summary>
    /// <param name="codes">Values; a negative one is a missing value and equals nothing.</param>
    /// <param name="count">How many have it; 0 without a majority.</param>
    /// <returns>The value, or -1.</returns>
    public static int Find(ReadOnlySpan<int> codes, out int count)
    {
        int value = -1, votes = 0;
        foreach (int code in codes)
        {
            if (votes == 0) (value, votes) = (code, 1);
            else if (code == value && code >= 0) votes++;
            else votes--;
        }

        count = value < 0 ? 0 : codes.Count(value);
        if (2 * count > codes.Length) return value;
        count = 0;
        return -1;
    }
}
