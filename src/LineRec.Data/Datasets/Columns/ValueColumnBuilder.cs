namespace LineRec.Data;

/// <summary>A column of numbers, truth values or times.</summary>
internal sealed class ValueColumnBuilder<T>(string name, T missing, StoredValues.Reader<T> read, Staging staging) : StagedColumnBuilder<T>(name, missing, staging)
    where T : unmanaged
{
    public override DatasetColumn Slice(int start, int count, BatchLease lease) => new DatasetColumn<T>(Name, Values(start, count), Nulls(start, count), lease);

    protected override int Read(ColumnChunk chunk, Span<T> to) => read(chunk, to);
}
