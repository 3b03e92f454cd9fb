namespace LineRec.Data;

/// <summary>Makes room for nulls among values that were read without them.</summary>
internal static class Spread
{
    /// <summary>Puts values to their places, in place.</summary>
    /// <param name="values">The values, of which the first are filled; takes them with what is missing among them, [places].</param>
    /// <param name="filled">How many there are.</param>
    /// <param name="definitions">The levels of the entries they come from.</param>
    /// <param name="least">The level from which an entry has a place.</param>
    /// <param name="most">The level of an entry that has a value.</param>
    /// <param name="missing">What stands for null.</param>
    /// <param name="isNull">Takes which places are null, [places].</param>
    public static void Values<T>(Span<T> values, int filled, ReadOnlySpan<short> definitions, int least, int most, T missing, Span<bool> isNull)
    {
        int place = isNull.Length;
        for (int entry = definitions.Length - 1; entry >= 0; entry--)
        {
            if (definitions[entry] < least) continue;
            bool isThere = definitions[entry] == most;
            if (isThere) filled--;
            var value = values[filled];
            values[--place] = isThere ? value : missing;
            isNull[place] = !isThere;
        }
    }
}
