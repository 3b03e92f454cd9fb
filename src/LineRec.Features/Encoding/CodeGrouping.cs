namespace LineRec.Features;

/// <summary>The values of a text column as groups: each value its own, or all with the same first parts of a path such as "toys/outdoor".</summary>
internal sealed class CodeGrouping
{
    private readonly TextColumn _column;
    private readonly int[]? _groups;

    internal CodeGrouping(TextColumn column, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        (_column, Depth) = (column, depth);
        if (depth == 0) return;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        _groups = new int[column.Values.Length];
        for (int code = 0; code < _groups.Length; code++)
        {
            string prefix = string.Join('/', column.Values[code].Split('/').Take(depth));
            if (!known.TryGetValue(prefix, out int group)) known.Add(prefix, group = known.Count);
            _groups[code] = group;
        }
    }

    internal string Column => _column.Name;

    internal int Depth { get; }

    /// <summary>The group of a row, or -1 where the value is missing.</summary>
    internal int Of(int row)
    {
        int code = _column.Codes[row];
        return code < 0 || _groups is null ? code : _groups[code];
    }
}
