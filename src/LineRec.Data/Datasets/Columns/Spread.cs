namespace LineRec.Data;

/// <summary>Makes room for nulls among values that were read without them.</summary>
internal static class Spread
{
    /// <summary>Puts values to their places. Which are null can't be foreseen: they are taken from the first place, without a branch.</summary>
    /// <param name="dense">What stands for null, and then the values.</param>
    /// <param name="definitions">The levels of the entries they come from.</param>
    /// <param name="least">The level from which an entry has a place.</param>
    /// <param name="most">The level of an entry that has a value.</param>
    /// <param name="to">Takes the values and what is missing among them, [places].</param>
    /// <param name="isNull">Takes which of them are missing, [places].</param>
    public static void Values<T>(ReadOnlySpan<T> dense, ReadOnlySpan<short> definitions, int least, int most, Span<T> to, Span<bool> isNull)
    {
        int value = 0, place = 0;
        foreach (short definition in definitions)
        {
            if (definition < least) continue;
            int isThere = definition == most ? 1 : 0;
            value += isThere;
            to[place] = dense[value & -isThere];
            isNull[place++] = isThere == 0;
        }
    }
}
