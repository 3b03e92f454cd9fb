using ParquetSharp;

namespace LineRec.Data;

/// <summary>
/// A column of a row group as it is read, a batch of entries after the other. An entry is a value, a null, or a list that is null or empty; which of them, its definition level says, and its repetition
/// level whether it goes on with a list (Melnik et al. 2010, Dremel).
/// </summary>
internal sealed class ColumnChunk(ColumnReader reader, Leaf leaf, long entries, ChunkScratch scratch)
{
    private long _left = entries;

    public Leaf Leaf => leaf;

    /// <summary>Whether there are entries left, by the footer.</summary>
    public bool HasNext => _left > 0;

    /// <summary>How many entries the next read takes at most.</summary>
    public int Next => (int)Math.Min(_left, ChunkScratch.Entries);

    /// <summary>Turns its texts into codes.</summary>
    public ChunkTexts Texts => scratch.Texts;

    /// <summary>How many entries were read last.</summary>
    public int Count { get; private set; }

    /// <summary>Their definition levels, [Count and some without meaning, to whole vectors]; without meaning where the column has no nulls and no lists.</summary>
    public ReadOnlySpan<short> Definitions => scratch.Definitions;

    /// <summary>Their repetition levels, [as many]; without meaning where the column has no lists.</summary>
    public ReadOnlySpan<short> Repetitions => scratch.Repetitions;

    /// <summary>Room for as many values as are read at a time and one more, until the next read: for values of another type than the column's, or to put them to their places.</summary>
    public Span<T> Raw<T>()
        where T : unmanaged => scratch.Raw<T>();

    /// <summary>Reads the next entries.</summary>
    /// <param name="to">Takes the values of those that have one, dense; room for <see cref="Next"/>.</param>
    /// <returns>How many have one.</returns>
    /// <exception cref="InvalidDataException">The column stores other values, or fewer than its footer says.</exception>
    public int Read<T>(Span<T> to)
        where T : unmanaged
    {
        if (reader is not ColumnReader<T> typed) throw new InvalidDataException($"stores {reader.Type} where {typeof(T).Name} was expected");
        int most = Next;
        var definitions = leaf.MaxDefinition > 0 ? scratch.Definitions.AsSpan(0, most) : default;
        var repetitions = leaf.Field.IsList ? scratch.Repetitions.AsSpan(0, most) : default;
        Count = (int)typed.ReadBatch(most, definitions, repetitions, to[..most], out long values);
        if (Count <= 0) throw new InvalidDataException($"ends {_left} values early");
        _left -= Count;
        return (int)values;
    }

    /// <exception cref="InvalidDataException">The column stores more than its footer says.</exception>
    public void CheckEnd()
    {
        if (reader.HasNext) throw new InvalidDataException("holds more values than its footer says");
    }
}
