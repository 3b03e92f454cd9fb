using ParquetSharp;

namespace LineRec.Data;

/// <summary>A column of texts as codes: the numbers that its texts get, row group by row group, or those that a vocabulary gives them.</summary>
internal sealed class TextColumnBuilder(string name, DatasetVocabulary? vocabulary, Staging staging) : StagedColumnBuilder<int>(name, Missing, staging)
{
    private const int Missing = -1;

    private readonly TextStore _texts = new();

    public override long Bytes => base.Bytes + _texts.Bytes;

    /// <summary>The texts so far, some of them twice; none where there is a vocabulary.</summary>
    public TextStore Texts => _texts;

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        _texts.Clear();
    }

    public override void BeginChunk(ColumnChunk chunk) => chunk.Texts.Begin(_texts, vocabulary);

    /// <summary>Gives some rows one text: a partition's.</summary>
    public void AddConstant(ReadOnlySpan<byte> text, bool isNull, int count)
    {
        Staged(count).Fill(isNull ? Missing : vocabulary is null ? _texts.Add(text) : vocabulary.Find(text));
        Take(count, isNull).Fill(isNull);
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => vocabulary is null
        ? new DatasetTextColumn(Name, Values(start, count), new DatasetTexts(_texts, lease), Nulls(start, count), lease)
        : new DatasetColumn<int>(Name, Values(start, count), Nulls(start, count), lease);

    protected override int Read(ColumnChunk chunk, Span<int> to)
    {
        var stored = chunk.Raw<ByteArray>();
        int count = chunk.Read(stored);
        chunk.Texts.Code(stored[..count], to);
        return count;
    }
}
