using System.Diagnostics.CodeAnalysis;
using System.Text;
using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Decodes the row groups of a window and writes each value to the place that the shuffle gives to its row.</summary>
/// <remarks>Thread-safe: each call works on a buffer of its own.</remarks>
internal sealed class WindowDecoder(DatasetPlan plan, DatasetOptions options, OpenFiles files)
{
    /// <summary>Fills a buffer.</summary>
    /// <param name="window">The window.</param>
    /// <param name="buffer">What is filled.</param>
    /// <param name="lost">Takes what was left out, where damage is quarantined.</param>
    public void Decode(Window window, WindowBuffer buffer, List<DatasetQuarantine> lost)
    {
        // A damaged row group shows itself when others have been placed already: the window starts over without it.
        var pieces = window.Pieces.ToList();
        while (true)
        {
            try
            {
                Decode(window, pieces, buffer);
                return;
            }
            catch (DamagedDataException e)
            {
                if (options.OnDamage == DatasetDamagePolicy.Throw) throw new InvalidDataException(e.Message, e);
                lost.Add(new DatasetQuarantine(plan.Files[e.Piece.Group.File].Source.Name, e.Piece.Group.Index, e.Piece.Count, e.Message));
                pieces.Remove(e.Piece);
            }
        }
    }

    private void Decode(Window window, List<Piece> pieces, WindowBuffer buffer)
    {
        var targets = buffer.Targets(pieces.Sum(p => p.Group.Rows));
        int kept = Place(window, pieces, targets);
        buffer.Begin(kept);
        var held = new List<RecordBatch>();
        try
        {
            // Column by column, so that a column's places are still at hand when the next row group's values are put there.
            for (int c = 0; c < plan.Fields.Count; c++)
            {
                int start = 0;
                foreach (var piece in pieces)
                {
                    var own = targets.Slice(start, piece.Group.Rows);
                    start += own.Length;
                    if (own.Span.IndexOfAnyExcept(-1) >= 0) Fill(piece, plan.Fields[c], buffer.Columns[c], own, held);
                }

                buffer.Columns[c].Finish();
                foreach (var part in held) part.Dispose();
                held.Clear();
            }
        }
        finally
        {
            foreach (var part in held) part.Dispose();
        }
    }

    private void Fill(Piece piece, DatasetField field, ColumnBuilder column, ReadOnlyMemory<int> targets, List<RecordBatch> held)
    {
        if (field.IsPartition)
        {
            string? value = plan.Files[piece.Group.File].Partitions[field.Name];
            ((TextColumnBuilder)column).AddConstant(Encoding.UTF8.GetBytes(value ?? ""), value is null, targets.Span);
            return;
        }

        Read(piece, field.Name, (part, first) =>
        {
            column.Add(part.Column(0), targets.Slice(first, part.Length));
            if (!column.KeepsArrays) return false;
            held.Add(part);
            return true;
        });
    }

    /// <summary>Gives every row that is read and meets the conditions a place.</summary>
    /// <returns>How many do.</returns>
    private int Place(Window window, List<Piece> pieces, Memory<int> targets)
    {
        var to = targets.Span;
        var random = SplitMix64.For(options.Seed, window.Epoch, window.Index);
        if (plan.RowTests.Count == 0 && pieces.All(p => p.Count == p.Group.Rows))
        {
            if (options.ShuffleRows > 0) random.Permutation(to);
            else for (int i = 0; i < to.Length; i++) to[i] = i;
            return to.Length;
        }

        int start = 0, kept = 0;
        foreach (var piece in pieces)
        {
            var own = to.Slice(start, piece.Group.Rows);
            start += own.Length;
            bool[] keep = Keep(piece);
            for (int row = 0; row < own.Length; row++) own[row] = keep[row] ? kept++ : -1;
        }

        if (options.ShuffleRows == 0) return kept;
        int[] order = new int[kept];
        random.Permutation(order);
        for (int i = 0; i < to.Length; i++)
        {
            if (to[i] >= 0) to[i] = order[to[i]];
        }

        return kept;
    }

    private bool[] Keep(Piece piece)
    {
        var keep = new bool[piece.Group.Rows];
        keep.AsSpan(piece.First, piece.Count).Fill(true);
        foreach (var test in plan.RowTests)
        {
            Read(piece, test.Column, (part, first) =>
            {
                test.Keep(part.Column(0), keep.AsSpan(first, part.Length));
                return false;
            });
        }

        return keep;
    }

    /// <summary>Decodes a column of a row group part by part, and checks that it has a value a row.</summary>
    /// <param name="piece">The row group.</param>
    /// <param name="column">The column.</param>
    /// <param name="take">Takes a part and the number of its first row, and says whether it keeps the part.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    private void Read(Piece piece, string column, Func<RecordBatch, int, bool> take)
    {
        var file = plan.Files[piece.Group.File];
        OpenFile? open = null;
        int rows = 0;
        try
        {
            open = files.Rent(piece.Group.File);
            foreach (var part in open.Read(piece.Group.Index, file.Leaves[column].Index))
            {
                bool isKept = false;
                try
                {
                    if (part.Length > piece.Group.Rows - rows) throw new InvalidDataException($"holds more than {piece.Group.Rows} rows");
                    isKept = take(part, rows);
                    rows += part.Length;
                }
                finally
                {
                    if (!isKept) part.Dispose();
                }
            }

            if (rows != piece.Group.Rows) throw new InvalidDataException($"holds {rows} rows instead of {piece.Group.Rows}");
            files.Return(piece.Group.File, open);
        }
        catch (Exception e)
        {
            open?.Dispose();
            throw new DamagedDataException(
                piece, $"'{file.Source.Name}', row group {piece.Group.Index}, column '{column}': can't be decoded: {OneLine.Of(e)} The file is damaged or cut: write it anew, or read with DatasetDamagePolicy.Quarantine.", e);
        }
    }
}
