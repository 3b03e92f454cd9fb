using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of lists: elements are taken as they lie, and fetched list by list.</summary>
internal sealed class ListColumnBuilder(string name, ColumnBuilder elements) : ColumnBuilder(name)
{
    private ListRun[] _lists = [];
    private int[] _starts = [];
    private int[] _offsets = [0];

    public override long Bytes => base.Bytes + elements.Bytes + ((long)_lists.Length * Unsafe.SizeOf<ListRun>()) + ((long)(_starts.Length + _offsets.Length) * sizeof(int));

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        elements.Begin((int)Math.Min(values, System.Array.MaxLength), values);
        Room.For(ref _lists, rows);
    }

    public override void Finish(ReadOnlySpan<int> sources)
    {
        base.Finish(sources);
        var offsets = Room.For(ref _offsets, sources.Length + 1);
        var starts = Room.For(ref _starts, sources.Length);
        var lists = _lists.AsSpan(0, Stored);
        int end = offsets[0] = 0;
        for (int row = 0; row < starts.Length; row++)
        {
            var list = lists[sources[row]];
            starts[row] = list.Start;
            offsets[row + 1] = end += list.Length;
        }

        elements.FinishElements(starts, offsets);
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease)
    {
        int first = _offsets[start];
        var offsets = new int[count + 1];
        for (int i = 0; i <= count; i++) offsets[i] = _offsets[start + i] - first;
        return new DatasetListColumn(Name, offsets, elements.Slice(first, offsets[count], lease), Nulls(start, count), lease);
    }

    protected override void Store(IArrowArray values)
    {
        var array = Elements(values);
        int before = elements.Stored;
        elements.Add(array);
        var stored = Offsets(values);
        var validity = new Validity(values);
        var lists = _lists.AsSpan(Stored, values.Length);
        for (int i = 0; i < lists.Length; i++)
        {
            int start = stored[i], end = stored[i + 1];
            if (start < 0 || end < start || end > array.Length) throw new InvalidDataException($"row {i} claims the elements {start} to {end} of {array.Length}");
            lists[i] = new ListRun(before + start, validity[i] ? end - start : 0);
        }
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
