namespace LineRec.Features;

/// <summary>The most frequent values of a text column, which get a column each; all others share one.</summary>
internal static class FrequentValues
{
    /// <summary>The values of the most items, ties in ordinal order. O(items + values log values).</summary>
    internal static string[] Of(TextColumn column, int most)
    {
        int[] items = new int[column.Values.Length];
        foreach (int code in column.Codes)
        {
            if (code >= 0) items[code]++;
        }

        string[] values = column.Values.ToArray();
        return [.. Enumerable.Range(0, values.Length).Where(c => items[c] > 0).OrderByDescending(c => items[c]).ThenBy(c => values[c], StringComparer.Ordinal).Take(most).Select(c => values[c])];
    }

    /// <summary>The values whose columns an earlier fit saved, in order.</summary>
    internal static IEnumerable<string> Saved(string column, FittedRun saved)
    {
        for (int i = 0; saved[i] is { } fitted && fitted.Name != OtherColumn(column); i++) yield return fitted.Name[(column.Length + 1)..];
    }

    /// <summary>The number of each code's column; those of other values have the number after the last.</summary>
    internal static int[] Slots(TextColumn column, string[] kept)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < kept.Length; i++) numbers.Add(kept[i], i);
        var slots = new int[column.Values.Length];
        for (int code = 0; code < slots.Length; code++) slots[code] = numbers.GetValueOrDefault(column.Values[code], kept.Length);
        return slots;
    }

    /// <summary>The name of the column of a value.</summary>
    internal static string ValueColumn(string column, string value) => $"{column}={value}";

    /// <summary>The name of the column of all other values.</summary>
    internal static string OtherColumn(string column) => $"{column}:other";
}
