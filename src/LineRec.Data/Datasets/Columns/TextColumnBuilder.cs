using ParquetSharp;

namespace LineRec.Data;

/// <summary>A column of texts as codes: the numbers that its texts get, row group by row group, or those that a vocabulary gives them.</summary>
internal sealed class TextColumnBuilder(string name, DatasetVocabulary? vocabulary, Staging staging) : StagedColumnBuilder<int>(name, Missing, staging)
{
    private const int Missing = -1;

    private readonly TextStore _texts = new();
    private readonly AddressTable _addresses = new();
    private int[] _numbers = []; // of the texts, where there is a vocabulary
    private int[] _batches = []; // in which each of a row group's texts was compared last
    private int _batch;
    private int _first; // text of the row group
    private int _empty; // text of the row group, or -1

    public override long Bytes => base.Bytes + _texts.Bytes + _addresses.Bytes + ((long)(_numbers.Length + _batches.Length) * sizeof(int));

    /// <summary>The texts so far, some of them twice; where there is a vocabulary only those of the last row group.</summary>
    public TextStore Texts => _texts;

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        _texts.Clear();
    }

    public override void BeginChunk()
    {
        _addresses.Clear();
        if (vocabulary is not null) _texts.Clear();
        _first = _texts.Count;
        _empty = -1;
    }

    /// <summary>Gives some rows one text: a partition's.</summary>
    public void AddConstant(ReadOnlySpan<byte> text, bool isNull, int count)
    {
        Staged(count).Fill(isNull ? Missing : Number(_texts.Add(text), text));
        Take(count, isNull).Fill(isNull);
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => vocabulary is null
        ? new DatasetTextColumn(Name, Values(start, count), new DatasetTexts(_texts, lease), Nulls(start, count), lease)
        : new DatasetColumn<int>(Name, Values(start, count), Nulls(start, count), lease);

    protected override unsafe int Read(ColumnChunk chunk, Span<int> to)
    {
        var stored = chunk.Raw<ByteArray>();
        int count = chunk.Read(stored);
        _batch++;
        for (int i = 0; i < count; i++)
        {
            int code = Code(stored[i].Pointer, new ReadOnlySpan<byte>((void*)stored[i].Pointer, stored[i].Length));
            to[i] = vocabulary is null ? code : _numbers[code];
        }

        return count;
    }

    // In a batch all texts lie in memory at once: two at one address are the same. Empty ones may lie where another begins.
    private int Code(nint address, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return _empty < 0 ? _empty = Add(text) : _empty;
        ref ulong slot = ref _addresses.Find(address, out int code);
        if (code >= 0)
        {
            if (_batches[code - _first] == _batch) return code;
            _batches[code - _first] = _batch;
            if (_texts[code].SequenceEqual(text)) return code;
        }

        code = Add(text);
        slot = AddressTable.Entry(address, code);
        return code;
    }

    private int Add(ReadOnlySpan<byte> text)
    {
        int code = _texts.Add(text);
        Room.Grow(ref _batches, code - _first, code - _first + 1);
        _batches[code - _first] = _batch;
        Number(code, text);
        return code;
    }

    /// <summary>What a new text is called: its code, or its number in the vocabulary.</summary>
    private int Number(int code, ReadOnlySpan<byte> text)
    {
        if (vocabulary is null) return code;
        Room.Grow(ref _numbers, code, code + 1);
        return _numbers[code] = vocabulary.Find(text);
    }
}
