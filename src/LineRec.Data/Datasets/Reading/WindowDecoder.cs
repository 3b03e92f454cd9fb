using System.Diagnostics.CodeAnalysis;
using System.Text;

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
        var wanted = Choose(pieces, buffer, ref sources);
        buffer.Rows = sources.Length;
        if (options.ShuffleRows > 0) SplitMix64.For(options.Seed, window.Epoch, window.Index).Permute(sources);

        // Column by column, so that one is still in the cache when its rows are put in order.
        int stored = wanted.Sum(p => p.Group.Rows);
        for (int c = 0; c < plan.Fields.Count; c++)
        {
            buffer.Columns[c].Begin(stored, wanted.Sum(p => p.Group.Values[c]));
            foreach (var piece in wanted) Fill(piece, plan.Fields[c], piece.Group.Values[c], buffer.Columns[c], buffer.Scratch);
            buffer.Columns[c].Finish(sources);
        }
    }

    private void Fill(Piece piece, DatasetField field, long entries, ColumnBuilder column, ChunkScratch scratch)
    {
        if (field.IsPartition)
        {
            string? value = plan.Files[piece.Group.File].Partitions[field.Name];
            ((TextColumnBuilder)column).AddConstant(Encoding.UTF8.GetBytes(value ?? ""), value is null, piece.Group.Rows);
            return;
        }

        Read(piece, field.Name, entries, column, scratch);
    }

    /// <summary>Chooses the rows that are read and meet the conditions.</summary>
    /// <param name="pieces">The window's row groups.</param>
    /// <param name="buffer">What is filled.</param>
    /// <param name="sources">Takes each row's place among the rows of the row groups that are returned, and is cut to how many these are.</param>
    /// <returns>The row groups that hold any.</returns>
    private List<Piece> Choose(List<Piece> pieces, WindowBuffer buffer, ref Span<int> sources)
    {
        var wanted = new List<Piece>();
        int stored = 0, kept = 0;
        foreach (var piece in pieces)
        {
            int before = kept;
            bool[]? keep = plan.RowTests.Count > 0 ? Keep(piece, buffer) : null;
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

    private bool[] Keep(Piece piece, WindowBuffer buffer)
    {
        var keep = new bool[piece.Group.Rows];
        keep.AsSpan(piece.First, piece.Count).Fill(true);
        for (int t = 0; t < plan.RowTests.Count; t++)
        {
            var column = buffer.Tested[t];
            column.Begin(piece.Group.Rows, piece.Group.Rows);
            Read(piece, plan.RowTests[t].Field.Name, piece.Group.Rows, column, buffer.Scratch);
            plan.RowTests[t].Keep(column, keep);
        }

        return keep;
    }

    /// <summary>Decodes a column of a row group, and checks that it has a value a row.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    private void Read(Piece piece, string name, long entries, ColumnBuilder column, ChunkScratch scratch)
    {
        var file = plan.Files[piece.Group.File];
        OpenFile? open = null;
        int before = column.Stored;
        try
        {
            open = files.Rent(piece.Group.File);
            open.Read(piece.Group.Index, file.Leaves[name], entries, scratch, column.Add);
            int rows = column.Stored - before;
            if (rows != piece.Group.Rows) throw new InvalidDataException($"holds {rows} rows instead of {piece.Group.Rows}");
            files.Return(piece.Group.File, open);
        }
        catch (Exception e)
        {
            open?.Dispose();
            if (e is WindowTooLargeException) throw;
            throw new DamagedDataException(
                piece, $"'{file.Source.Name}', row group {piece.Group.Index}, column '{name}': can't be decoded: {OneLine.Of(e)} The file is damaged or cut: write it anew, or read with DatasetDamagePolicy.Quarantine.", e);
        }
    }
}
