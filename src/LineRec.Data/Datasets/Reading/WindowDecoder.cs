using System.Diagnostics.CodeAnalysis;
using System.Text;
using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Decodes the row groups of a window and puts their rows in the shuffle's order.</summary>
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
        var sources = buffer.Sources(pieces.Sum(p => p.Group.Rows));
        var wanted = Choose(pieces, ref sources);
        buffer.Rows = sources.Length;
        if (options.ShuffleRows > 0) SplitMix64.For(options.Seed, window.Epoch, window.Index).Permute(sources);

        // Column by column, so that one is still in the cache when its rows are put in order.
        int stored = wanted.Sum(p => p.Group.Rows);
        for (int c = 0; c < plan.Fields.Count; c++)
        {
            buffer.Columns[c].Begin(stored, wanted.Sum(p => p.Group.Values[c]));
            foreach (var piece in wanted) Fill(piece, plan.Fields[c], buffer.Columns[c]);
            buffer.Columns[c].Finish(sources);
        }
    }

    private void Fill(Piece piece, DatasetField field, ColumnBuilder column)
    {
        if (field.IsPartition)
        {
            string? value = plan.Files[piece.Group.File].Partitions[field.Name];
            ((TextColumnBuilder)column).AddConstant(Encoding.UTF8.GetBytes(value ?? ""), value is null, piece.Group.Rows);
            return;
        }

        Read(piece, field.Name, (part, _) => column.Add(part.Column(0)));
    }

    /// <summary>Chooses the rows that are read and meet the conditions.</summary>
    /// <param name="pieces">The window's row groups.</param>
    /// <param name="sources">Takes each row's place among the rows of the row groups that are returned, and is cut to how many these are.</param>
    /// <returns>The row groups that hold any.</returns>
    private List<Piece> Choose(List<Piece> pieces, ref Span<int> sources)
    {
        var wanted = new List<Piece>();
        int stored = 0, kept = 0;
        foreach (var piece in pieces)
        {
            int before = kept;
            bool[]? keep = plan.RowTests.Count > 0 ? Keep(piece) : null;
            for (int row = piece.First; row < piece.First + piece.Count; row++)
            {
                if (keep is null || keep[row]) sources[kept++] = stored + row;
            }

            if (kept == before) continue;
            wanted.Add(piece);
            stored += piece.Group.Rows;
        }

        sources = sources[..kept];
        return wanted;
    }

    private bool[] Keep(Piece piece)
    {
        var keep = new bool[piece.Group.Rows];
        keep.AsSpan(piece.First, piece.Count).Fill(true);
        foreach (var test in plan.RowTests)
        {
            Read(piece, test.Column, (part, first) => test.Keep(part.Column(0), keep.AsSpan(first, part.Length)));
        }

        return keep;
    }

    /// <summary>Decodes a column of a row group part by part, and checks that it has a value a row.</summary>
    /// <param name="piece">The row group.</param>
    /// <param name="column">The column.</param>
    /// <param name="take">Takes a part and the number of its first row.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    private void Read(Piece piece, string column, Action<RecordBatch, int> take)
    {
        var file = plan.Files[piece.Group.File];
        OpenFile? open = null;
        int rows = 0;
        try
        {
            open = files.Rent(piece.Group.File);
            foreach (var part in open.Read(piece.Group.Index, file.Leaves[column].Index))
            {
                using (part)
                {
                    if (part.Length > piece.Group.Rows - rows) throw new InvalidDataException($"holds more than {piece.Group.Rows} rows");
                    take(part, rows);
                    rows += part.Length;
                }
            }

            if (rows != piece.Group.Rows) throw new InvalidDataException($"holds {rows} rows instead of {piece.Group.Rows}");
            files.Return(piece.Group.File, open);
        }
        catch (Exception e)
        {
            open?.Dispose();
            if (e is WindowTooLargeException) throw;
            throw new DamagedDataException(
                piece, $"'{file.Source.Name}', row group {piece.Group.Index}, column '{column}': can't be decoded: {OneLine.Of(e)} The file is damaged or cut: write it anew, or read with DatasetDamagePolicy.Quarantine.", e);
        }
    }
}
