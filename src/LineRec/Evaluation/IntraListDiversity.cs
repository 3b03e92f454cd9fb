namespace LineRec;

/// <summary>
/// The share of pairs of a list that differ in a column (the category, say), mean over lists: 0 where all are alike, 1 where no two are.
/// An item without a value is like no other. Lists of fewer than two items don't count. Not thread-safe.
/// </summary>
/// <param name="column">The column that is compared.</param>
public sealed class IntraListDiversity(TextColumn column)
{
    private double _sum;
    private long _lists;

    /// <summary>0 to 1; NaN without a list of two items.</summary>
    public double Value => _sum / _lists;

    /// <summary>Adds one list. O(items²).</summary>
    /// <param name="rows">Its catalog rows.</param>
    public void Add(ReadOnlySpan<int> rows)
    {
        if (rows.Length < 2) return;
        var codes = column.Codes;
        int alike = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int code = codes[rows[i]];
            if (code == TextColumn.Missing) continue;
            for (int j = i + 1; j < rows.Length; j++)
            {
                if (codes[rows[j]] == code) alike++;
            }
        }

        _sum += 1 - (alike / (rows.Length * (rows.Length - 1) / 2.0));
        _lists++;
    }
}
