using ParquetSharp;

namespace LineRec.Data;

/// <summary>A column of texts as codes: the numbers of a window's texts, or those that a vocabulary gives them.</summary>
internal sealed class TextColumnBuilder(string name, DatasetVocabulary? vocabulary, Staging staging) : StagedColumnBuilder<int>(name, Missing, staging)
{
    private const int Missing = -1;

    private readonly TextStore _texts = new();
    private int[] _numbers = []; // of the texts, by the vocabulary
    private int _numbered;

    public override long Bytes => base.Bytes + _texts.Bytes + ((long)_numbers.Length * sizeof(int));

    /// <summary>The window's texts so far.</summary>
    public TextStore Texts => _texts;

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        _texts.Clear();
        _numbered = 0;
    }

    /// <summary>Gives some rows one text: a partition's.</summary>
    public void AddConstant(ReadOnlySpan<byte> text, bool isNull, int count)
    {
        Staged(count).Fill(isNull ? Missing : Code(text));
        Take(count, isNull).Fill(isNull);
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => vocabulary is null
        ? new DatasetTextColumn(Name, Values(start, count), new DatasetTexts(_texts, lease), Nulls(start, count), lease)
        : new DatasetColumn<int>(Name, Values(start, count), Nulls(start, count), lease);

    protected override unsafe int Read(ColumnChunk chunk, Span<int> to)
    {
        var stored = chunk.Raw<ByteArray>();
        int count = chunk.Read(stored);
        for (int i = 0; i < count; i++) to[i] = Code(new ReadOnlySpan<byte>((void*)stored[i].Pointer, stored[i].Length));
        return count;
    }

    private int Code(ReadOnlySpan<byte> text)
    {
        int code = _texts.Add(text);
        if (vocabulary is null) return code;
        if (code == _numbered)
        {
            Room.Grow(ref _numbers, _numbered, _numbered + 1);
            _numbers[_numbered++] = vocabulary.Find(text);
        }

        return _numbers[code];
    }
}
