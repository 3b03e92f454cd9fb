using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of values of one size, which wait for their places in the <see cref="Staging"/> that a window's columns share.</summary>
internal abstract class StagedColumnBuilder<T>(string name, Staging staging) : ColumnBuilder(name)
    where T : unmanaged
{
    private T[] _values = [];

    public override long Bytes => base.Bytes + ((long)_values.Length * Unsafe.SizeOf<T>());

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        staging.Values<T>(values, used: 0);
    }

    public override void Finish(ReadOnlySpan<int> sources)
    {
        base.Finish(sources);
        Fetch.Rows<T>(staging.Values<T>(Stored, Stored), sources, Room.For(ref _values, sources.Length));
    }

    public override void FinishElements(ReadOnlySpan<int> starts, ReadOnlySpan<int> offsets)
    {
        base.FinishElements(starts, offsets);
        Fetch.Lists(staging.Values<T>(Stored, Stored), starts, offsets, Room.For(ref _values, offsets[^1]));
    }

    /// <summary>Keeps values, null or not.</summary>
    /// <param name="values">The values.</param>
    /// <param name="to">Takes them, [values].</param>
    protected abstract void Store(IArrowArray values, Span<T> to);

    protected sealed override void Store(IArrowArray values) => Store(values, Staged(values.Length));

    /// <summary>Room for the next values.</summary>
    protected Span<T> Staged(int count) => staging.Values<T>((long)Stored + count, Stored)[Stored..];

    protected ReadOnlyMemory<T> Values(int start, int count) => _values.AsMemory(start, count);
}
