using System.Numerics;
using System.Runtime.Intrinsics;

namespace LineRec.Data;

/// <summary>A column of lists: elements are taken as they lie, and fetched list by list.</summary>
internal sealed class ListColumnBuilder(string name, ColumnBuilder elements) : ColumnBuilder(name)
{
    private int[] _begins = []; // of each list that was taken, among the elements, and where the last ends
    private int[] _starts = [];
    private int[] _offsets = [0];
    private int _first; // list of the chunk in hand

    public override long Bytes => base.Bytes + elements.Bytes + ((long)(_begins.Length + _starts.Length + _offsets.Length) * sizeof(int));

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        elements.Begin((int)Math.Min(values, Array.MaxLength), values);
        Room.For(ref _begins, rows + 1);
    }

    public override void BeginChunk(ColumnChunk chunk)
    {
        _first = Stored;
        elements.BeginChunk(chunk);
    }

    public override int Read(ColumnChunk chunk) => elements.Read(chunk);

    public override void Keep(ColumnChunk chunk, int values, int count)
    {
        if (Stored == _first && chunk.Repetitions[0] != 0) throw new InvalidDataException("begins in the middle of a list");
        int held = NoteLists(chunk, out int lists, out bool haveNulls);
        elements.Keep(chunk, values, held);
        var isNull = Take(lists, haveNulls);
        if (haveNulls) NoteNulls(chunk, isNull);
    }

    public override void Finish(ReadOnlySpan<int> sources)
    {
        base.Finish(sources);
        var offsets = Room.For(ref _offsets, sources.Length + 1);
        var starts = Room.For(ref _starts, sources.Length);
        var begins = _begins.AsSpan(0, Stored + 1);
        begins[^1] = elements.Stored;
        int end = offsets[0] = 0;
        for (int row = 0; row < starts.Length; row++)
        {
            int source = sources[row], start = begins[source];
            starts[row] = start;
            offsets[row + 1] = end += begins[source + 1] - start;
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

    /// <summary>Notes where the lists begin that begin with the entries which were read last. A vector's entries are looked at together: most of them begin nothing.</summary>
    /// <returns>How many of the entries are elements.</returns>
    /// <exception cref="InvalidDataException">There are more lists than rows.</exception>
    private int NoteLists(ColumnChunk chunk, out int lists, out bool haveNulls)
    {
        var element = Vector512.Create((short)chunk.Leaf.ElementDefinition);
        var empty = element - Vector512<short>.One;
        var begins = _begins.AsSpan(Stored);
        int first = elements.Stored, held = 0;
        ulong nulls = 0;
        lists = 0;
        for (int entry = 0; entry < chunk.Count; entry += Vector512<short>.Count)
        {
            var definitions = Vector512.Create(chunk.Definitions[entry..]);
            ulong valid = ulong.MaxValue >> Math.Max(0, (8 * sizeof(ulong)) - (chunk.Count - entry));
            ulong isElement = Vector512.GreaterThanOrEqual(definitions, element).ExtractMostSignificantBits() & valid;
            ulong isFirst = Vector512.Equals(Vector512.Create(chunk.Repetitions[entry..]), Vector512<short>.Zero).ExtractMostSignificantBits() & valid;
            nulls |= Vector512.LessThan(definitions, empty).ExtractMostSignificantBits() & valid;
            if (lists + BitOperations.PopCount(isFirst) >= begins.Length) throw new InvalidDataException($"holds more than {begins.Length - 1} lists from its row group on");
            for (; isFirst != 0; isFirst &= isFirst - 1)
            {
                ulong before = (isFirst & (0 - isFirst)) - 1;
                begins[lists++] = first + held + BitOperations.PopCount(isElement & before);
            }

            held += BitOperations.PopCount(isElement);
        }

        haveNulls = nulls != 0;
        return held;
    }

    private static void NoteNulls(ColumnChunk chunk, Span<bool> isNull)
    {
        int list = 0;
        for (int entry = 0; entry < chunk.Count; entry++)
        {
            if (chunk.Repetitions[entry] == 0) isNull[list++] = chunk.Definitions[entry] < chunk.Leaf.ElementDefinition - 1;
        }
    }
}
