using Parquet.Schema;

namespace LineRec.Data;

/// <summary>
/// Writes the answers of a batch as Parquet, a row for each user and item: user_id, item_id, rank (from 1) and score; or, where ids aren't given, user_row and item_row in their place.
/// </summary>
/// <remarks>Thread-safe where the functions of ids are. A file appears under its name when it is whole and on disk. Memory: one row group.</remarks>
public sealed class ParquetBatchPartWriter : IBatchPartWriter
{
    /// <summary>The default size of a row group.</summary>
    public const int DefaultRowGroupSize = 500_000;

    private readonly Func<int, string>? _userId;
    private readonly Func<int, string>? _itemId;
    private readonly int _rowGroupSize;

    /// <summary>Creates a writer.</summary>
    /// <param name="userId">The id of a query's row; null to write the row.</param>
    /// <param name="itemId">The id of an item's row; null to write the row.</param>
    /// <param name="rowGroupSize">Rows a row group, 1 or more; rounded up to whole users.</param>
    public ParquetBatchPartWriter(Func<int, string>? userId = null, Func<int, string>? itemId = null, int rowGroupSize = DefaultRowGroupSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowGroupSize);
        (_userId, _itemId, _rowGroupSize) = (userId, itemId, rowGroupSize);
    }

    /// <inheritdoc/>
    public string Extension => ".parquet";

    /// <inheritdoc/>
    public void Write(string path, BatchPart part)
    {
        using var file = new ParquetTableWriter(path, Column("user", _userId), Column("item", _itemId), ParquetTableWriter.Integer("rank"), ParquetTableWriter.Number("score"));
        int users = Math.Max(1, _rowGroupSize / Math.Max(1, part.K));
        for (int first = 0; first < part.Queries; first += users) WriteRowGroup(file, part, first, Math.Min(users, part.Queries - first));
        file.Complete();
    }

    private static DataField Column(string name, Func<int, string>? ids) => ids is null ? ParquetTableWriter.Integer(name + "_row") : ParquetTableWriter.Text(name + "_id", nullable: false);

    private void WriteRowGroup(ParquetTableWriter file, BatchPart part, int first, int count)
    {
        var rows = part.Rows.Span.Slice(first * part.K, count * part.K);
        var scores = part.Scores.Span.Slice(first * part.K, count * part.K);
        var (users, items, ranks, kept) = (new int[rows.Length], new int[rows.Length], new int[rows.Length], new float[rows.Length]);
        int written = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0) continue;
            (users[written], items[written], ranks[written], kept[written]) = (part.FirstQuery + first + (i / part.K), rows[i], (i % part.K) + 1, scores[i]);
            written++;
        }

        if (written == 0) return;
        using var group = file.BeginRowGroup();
        Write(group, "user", users.AsSpan(0, written), _userId);
        Write(group, "item", items.AsSpan(0, written), _itemId);
        group.Write("rank", ranks.AsSpan(0, written), missing: 0);
        group.Write("score", kept.AsSpan(0, written));
    }

    private static void Write(ParquetTableWriter.RowGroup group, string name, ReadOnlySpan<int> rows, Func<int, string>? ids)
    {
        if (ids is null)
        {
            group.Write(name + "_row", rows, missing: -1);
            return;
        }

        // The rows of a user stand together: their id is asked for once.
        var texts = new string?[rows.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = i > 0 && rows[i] == rows[i - 1] ? texts[i - 1] : ids(rows[i]);
        group.Write(name + "_id", texts);
    }
}
