namespace LineRec.Features;

/// <summary>A matrix that is mostly zeros, by rows: entries of one cell add up. A look-up costs O(entries of the row).</summary>
internal sealed class SparseRows
{
    private readonly int[] _starts;
    private readonly (int Column, float Value)[] _entries;

    internal SparseRows(int rows, Func<int, IEnumerable<(int Column, float Value)>> entries)
    {
        _starts = new int[rows + 1];
        var all = new List<(int, float)>();
        for (int row = 0; row < rows; row++)
        {
            all.AddRange(entries(row));
            _starts[row + 1] = all.Count;
        }

        _entries = [.. all];
    }

    internal float this[int row, int column]
    {
        get
        {
            float sum = 0f;
            foreach (var entry in _entries.AsSpan(_starts[row].._starts[row + 1]))
            {
                if (entry.Column == column) sum += entry.Value;
            }

            return sum;
        }
    }
}
