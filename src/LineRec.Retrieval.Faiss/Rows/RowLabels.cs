namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>
/// Which row each of FAISS's labels (0, 1, … in order of addition) belongs to, and which labels are dead: replaced or removed. Most FAISS
/// indexes can't change or remove a vector, so a dead one stays in FAISS and is filtered out.
/// </summary>
/// <remarks>As long as vectors are only appended nothing is stored: label i is row i.</remarks>
internal sealed class RowLabels
{
    private int[]? _rowOf;
    private int[]? _labelOf;
    private ulong[]? _live;

    /// <summary>How many labels there are, dead ones included.</summary>
    public int Total { get; private set; }

    /// <summary>How many aren't dead.</summary>
    public int LiveCount { get; private set; }

    /// <summary>One more than the highest row that ever was, with a label or without.</summary>
    public int NextRow { get; private set; }

    /// <summary>Whether label i is row i.</summary>
    public bool AreRows => _rowOf is null;

    /// <summary>A bit a label that isn't dead; empty where none is.</summary>
    public ReadOnlySpan<ulong> Live => _live;

    /// <summary>A label's row.</summary>
    public int RowOf(int label) => _rowOf is null ? label : _rowOf[label];

    /// <summary>A row's label; -1 if it has none that lives.</summary>
    public int LabelOf(int row)
    {
        if (_labelOf is not null) return (uint)row < (uint)_labelOf.Length ? _labelOf[row] : -1;
        return (uint)row < (uint)Total && (_live is null || (_live[row >> 6] >> row & 1) != 0) ? row : -1;
    }

    /// <summary>Gives the next labels to rows in sequence.</summary>
    /// <param name="row">The first one's row.</param>
    /// <param name="count">How many.</param>
    public void Append(int row, int count)
    {
        if (_rowOf is null && row != Total) StoreMaps();
        if (_rowOf is not null)
        {
            Grow(ref _rowOf, Total + count, -1);
            Grow(ref _labelOf!, row + count, -1);
            for (int i = 0; i < count; i++) (_rowOf[Total + i], _labelOf[row + i]) = (row + i, Total + i);
        }

        if (_live is not null)
        {
            Grow(ref _live, ((Total + count - 1) >> 6) + 1, 0UL);
            for (int label = Total; label < Total + count; label++) _live[label >> 6] |= 1UL << label;
        }

        Total += count;
        LiveCount += count;
        NextRow = Math.Max(NextRow, row + count);
    }

    /// <summary>Takes note of a row that gets no label.</summary>
    public void Pass(int row) => NextRow = Math.Max(NextRow, row + 1);

    /// <summary>Declares a row's label dead.</summary>
    /// <returns>Whether it had one.</returns>
    public bool Kill(int row)
    {
        int label = LabelOf(row);
        if (label < 0) return false;
        KillLabel(label);
        if (_labelOf is not null) _labelOf[row] = -1;
        return true;
    }

    /// <summary>Declares a label dead that lives, whose row may have another by now.</summary>
    public void KillLabel(int label)
    {
        if (_live is null)
        {
            _live = new ulong[((Total - 1) >> 6) + 1];
            for (int i = 0; i < Total; i++) _live[i >> 6] |= 1UL << i;
        }

        _live[label >> 6] &= ~(1UL << label);
        LiveCount--;
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Total);
        writer.Write(NextRow);
        writer.Write(_rowOf is not null);
        writer.Write(_live is not null);
        for (int i = 0; _rowOf is not null && i < Total; i++) writer.Write(_rowOf[i]);
        for (int i = 0; _live is not null && i << 6 < Total; i++) writer.Write(_live[i]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It doesn't fit together.</exception>
    public static RowLabels Read(BinaryReader reader)
    {
        var labels = new RowLabels { Total = reader.ReadInt32(), NextRow = reader.ReadInt32() };
        bool mapped = reader.ReadBoolean(), anyDead = reader.ReadBoolean();
        // Sizes are compared with what is there before anything is allocated.
        long needed = (mapped ? 4L * labels.Total : 0) + (anyDead ? 8L * ((labels.Total + 63L) / 64) : 0);
        if (labels.Total < 0 || labels.NextRow < 0 || needed > reader.BaseStream.Length - reader.BaseStream.Position) throw new InvalidDataException("its rows don't fit its size");
        if (mapped)
        {
            labels._rowOf = new int[labels.Total];
            labels._labelOf = new int[labels.NextRow];
            Array.Fill(labels._labelOf, -1);
            for (int i = 0; i < labels.Total; i++)
            {
                int row = labels._rowOf[i] = reader.ReadInt32();
                if ((uint)row >= (uint)labels.NextRow) throw new InvalidDataException($"row {row} is outside of 0 to {labels.NextRow - 1}");
            }
        }

        labels.LiveCount = labels.Total;
        if (anyDead)
        {
            labels._live = new ulong[(labels.Total + 63) / 64];
            for (int i = 0; i < labels._live.Length; i++) labels._live[i] = reader.ReadUInt64();
            labels.LiveCount = LabelFilter.CountBits(labels._live, labels.Total);
        }

        for (int label = 0; mapped && label < labels.Total; label++)
        {
            if (labels._live is null || (labels._live[label >> 6] >> label & 1) != 0) labels._labelOf![labels._rowOf![label]] = label;
        }

        return labels;
    }

    private void StoreMaps()
    {
        _rowOf = new int[Total];
        _labelOf = new int[Total];
        for (int i = 0; i < Total; i++) (_rowOf[i], _labelOf[i]) = (i, _live is null || (_live[i >> 6] >> i & 1) != 0 ? i : -1);
    }

    private static void Grow<T>(ref T[] array, int length, T fill)
    {
        int old = array.Length;
        if (length <= old) return;
        Array.Resize(ref array, Math.Max(length, old + (old / 2)));
        array.AsSpan(old).Fill(fill);
    }
}
