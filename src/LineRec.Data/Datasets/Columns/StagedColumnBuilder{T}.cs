using System.Runtime.CompilerServices;

namespace LineRec.Data;

/// <summary>A column of values of one size, which wait for their places in the <see cref="Staging"/> that a window's columns share.</summary>
internal abstract class StagedColumnBuilder<T>(string name, T missing, Staging staging) : ColumnBuilder(name)
    where T : unmanaged
{
    private T[] _values = [];

    public override long Bytes => base.Bytes + ((long)_values.Length * Unsafe.SizeOf<T>());

    /// <summary>The values that it has taken, null or not, [Stored]; until another column uses the staging.</summary>
    public ReadOnlySpan<T> StoredValues => staging.Values<T>(Stored, Stored);

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        staging.Values<T>(values, used: 0);
    }

    public sealed override int Read(ColumnChunk chunk) => Read(chunk, Staged(chunk.Next));

    public sealed override void Keep(ColumnChunk chunk, int values, int count)
    {
        var kept = Staged(count);
        var isNull = Take(count, values < count);
        if (values == count) return;
        var dense = chunk.Raw<T>()[..(values + 1)];
        dense[0] = missing;
        kept[..values].CopyTo(dense[1..]);
        Spread.Values(dense, chunk.Definitions[..chunk.Count], chunk.Leaf.ElementDefinition, chunk.Leaf.MaxDefinition, kept, isNull);
    }

    public override void Finish(ReadOnlySpan<int> sources)
    {
        base.Finish(sources);
        Fetch.Rows(StoredValues, sources, Room.For(ref _values, sources.Length));
    }

    public override void FinishElements(ReadOnlySpan<int> starts, ReadOnlySpan<int> offsets)
    {
        base.FinishElements(starts, offsets);
        Fetch.Lists(StoredValues, starts, offsets, Room.For(ref _values, offsets[^1]));
    }

    /// <summary>Reads the next values of a column chunk.</summary>
    /// <param name="chunk">The column chunk.</param>
    /// <param name="to">Takes those that are not null, dense.</param>
    /// <returns>How many these are.</returns>
    protected abstract int Read(ColumnChunk chunk, Span<T> to);

    /// <summary>Room for the next values.</summary>
    protected Span<T> Staged(int count) => staging.Values<T>((long)Stored + count, Stored)[Stored..];

    protected ReadOnlyMemory<T> Values(int start, int count) => _values.AsMemory(start, count);
}
