namespace LineRec.Data;

/// <summary>
/// Reads the events table from one Parquet file or a folder of them, a row group at a time and only the columns asked for.
/// Columns may come in any order and in any writer's types: ids as text or integers, time as a timestamp of any unit, a date or
/// int64 milliseconds. Unknown columns are skipped. Times without a zone are taken for UTC.
/// </summary>
/// <remarks>Thread-safe: every call of <see cref="Read"/> opens the files anew. Memory: one row group and the distinct ids.</remarks>
public sealed class EventReader
{
    private readonly string[] _files;

    /// <summary>Names what is read; nothing is opened yet.</summary>
    /// <param name="path">A .parquet file, or a folder whose .parquet files, at any depth, are read in ordinal order of their path. Names that start with '_' or '.' are skipped.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or no .parquet file in the folder.</exception>
    public EventReader(string path)
    {
        if (File.Exists(path))
        {
            _files = [path];
            return;
        }

        _files = Directory.Exists(path) ? ParquetFiles.In(path) : [];
        if (_files.Length == 0) throw new FileNotFoundException($"'{path}' is neither a Parquet file nor a folder with .parquet files.", path);
    }

    /// <summary>The files, in the order in which they are read.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Counts the events from the files' footers; no column is read.</summary>
    /// <exception cref="InvalidDataException">A file isn't a whole Parquet file.</exception>
    public long CountRows()
    {
        long count = 0;
        foreach (string file in _files)
        {
            using var table = ParquetTable.Open(file);
            count += table.TotalRowCount;
        }

        return count;
    }

    /// <summary>Reads all events, a row group at a time.</summary>
    /// <param name="columns">Which optional columns are wanted.</param>
    /// <returns>Batches in the files' order, none empty; lazily.</returns>
    /// <exception cref="InvalidDataException">
    /// A file isn't a whole Parquet file, lacks a required column, holds a column of a wrong type, a null user, a null item of an event other than search,
    /// a null time, or an unknown event type. The message names file, row group and column.
    /// </exception>
    public IEnumerable<EventBatch> Read(EventColumns columns) => ReadWindow(columns, new TimeWindow(null, null));

    /// <summary>Reads the row groups that may hold events of a window; others are passed over by what the files' footers say of them.</summary>
    internal IEnumerable<EventBatch> ReadWindow(EventColumns columns, TimeWindow window)
    {
        TextPool users = new(), items = new(), words = new(), requests = new();
        foreach (string file in _files)
        {
            using var table = ParquetTable.Open(file);
            var decoder = new EventDecoder(table);
            for (int group = 0; group < table.RowGroupCount; group++)
            {
                int count = table.RowCount(group);
                if (count == 0 || !decoder.MayHold(group, window)) continue;
                requests.Clear(); // a request's events are near each other: pooling them longer would hold every id of the log
                var types = decoder.Types(group);
                var itemCodes = decoder.Items(group, items, types);
                yield return new EventBatch
                {
                    UserIds = Texts(decoder.Users(group, users), users)!,
                    ItemIds = Texts(itemCodes, items),
                    Types = types,
                    Times = decoder.Times(group),
                    Placements = columns.HasFlag(EventColumns.Placement) ? decoder.Texts(group, EventFields.Placement, words) : null,
                    Positions = columns.HasFlag(EventColumns.Position) ? decoder.Positions(group) : null,
                    RequestIds = columns.HasFlag(EventColumns.RequestId) ? decoder.Texts(group, EventFields.RequestId, requests) : null,
                    Propensities = columns.HasFlag(EventColumns.Propensity) ? decoder.Numbers(group, EventFields.Propensity) : null,
                    Queries = columns.HasFlag(EventColumns.Query) ? decoder.Texts(group, EventFields.Query, requests) : null,
                    Quantities = columns.HasFlag(EventColumns.Quantity) ? decoder.Numbers(group, EventFields.Quantity) : null,
                    Prices = columns.HasFlag(EventColumns.Price) ? decoder.Numbers(group, EventFields.Price) : null,
                    AnchorItemIds = columns.HasFlag(EventColumns.AnchorItemId) ? decoder.Texts(group, EventFields.AnchorItemId, items) : null,
                };
            }
        }
    }

    private static string?[] Texts(int[] codes, TextPool pool)
    {
        var texts = new string?[codes.Length];
        for (int i = 0; i < codes.Length; i++) texts[i] = codes[i] < 0 ? null : pool[codes[i]];
        return texts;
    }
}
