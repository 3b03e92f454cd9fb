using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of lists. Elements can only be placed once every row's length is known, so arrays are kept until the window is complete.</summary>
internal sealed class ListColumnBuilder(string name, ColumnBuilder elements) : ColumnBuilder(name)
{
    private readonly List<(IArrowArray Lists, ReadOnlyMemory<int> Targets)> _kept = [];
    private int[] _offsets = [0];
    private int[] _elementTargets = [];
    private int _rows;

    public override long Bytes => base.Bytes + elements.Bytes + ((long)(_offsets.Length + _elementTargets.Length) * sizeof(int));

    public override bool KeepsArrays => true;

    public override void Begin(int rows)
    {
        base.Begin(rows);
        _kept.Clear();
        if (_offsets.Length < rows + 1) _offsets = new int[rows + 1];
        (_rows, _offsets[0]) = (rows, 0);
    }

    // Until Finish, _offsets[row + 1] is the row's length.
    public override void Add(IArrowArray values, ReadOnlyMemory<int> targets)
    {
        _kept.Add((values, targets));
        int length = Elements(values).Length;
        var stored = Offsets(values);
        var validity = new Validity(values);
        var to = targets.Span;
        for (int i = 0; i < to.Length; i++)
        {
            if (to[i] < 0) continue;
            bool isThere = validity[i];
            if (!isThere) NullFlags()[to[i]] = true;
            var (start, end) = isThere ? (stored[i], stored[i + 1]) : (0, 0);
            if (start < 0 || end < start || end > length) throw new InvalidDataException($"row {i} claims the elements {start} to {end} of {length}");
            _offsets[to[i] + 1] = end - start;
        }
    }

    public override void Finish()
    {
        long sum = 0;
        for (int row = 1; row <= _rows; row++)
        {
            sum += _offsets[row];
            if (sum > System.Array.MaxLength) throw new InvalidDataException($"the lists that are shuffled together hold more than {System.Array.MaxLength} elements. Lower ShuffleRows or write smaller row groups.");
            _offsets[row] = (int)sum;
        }

        elements.Begin(_offsets[_rows]);
        foreach (var (lists, targets) in _kept) PlaceElements(lists, targets.Span);
        _kept.Clear();
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease)
    {
        int first = _offsets[start];
        var offsets = new int[count + 1];
        for (int i = 0; i <= count; i++) offsets[i] = _offsets[start + i] - first;
        return new DatasetListColumn(Name, offsets, elements.Slice(first, offsets[count], lease), Nulls(start, count), lease);
    }

    private void PlaceElements(IArrowArray lists, ReadOnlySpan<int> targets)
    {
        var array = Elements(lists);
        if (_elementTargets.Length < array.Length) _elementTargets = new int[array.Length];
        var places = _elementTargets.AsSpan(0, array.Length);
        places.Fill(-1);
        var stored = Offsets(lists);
        var validity = new Validity(lists);
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] < 0 || !validity[i]) continue;
            int to = _offsets[targets[i]];
            for (int e = stored[i]; e < stored[i + 1]; e++) places[e] = to++;
        }

        elements.Add(array, _elementTargets.AsMemory(0, array.Length));
    }

    private static IArrowArray Elements(IArrowArray lists) => lists switch
    {
        ListArray list => list.Values,
        LargeListArray large => large.Values,
        _ => throw new InvalidDataException($"holds {lists.Data.DataType.Name} where lists were expected"),
    };

    private static ReadOnlySpan<int> Offsets(IArrowArray lists)
    {
        if (lists is ListArray list) return list.ValueOffsets;
        var wide = ((LargeListArray)lists).ValueOffsets;
        var offsets = new int[wide.Length];
        for (int i = 0; i < offsets.Length; i++) offsets[i] = (int)Math.Min(int.MaxValue, wide[i]);
        return offsets;
    }
}
