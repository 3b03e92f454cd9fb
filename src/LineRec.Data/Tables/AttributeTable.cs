using Parquet.Schema;

namespace LineRec.Data;

/// <summary>Reads and writes a table of one id column and any attribute columns: items and users.</summary>
internal static class AttributeTable
{
    /// <summary>Reads ids and columns, sorted by id in ordinal order. Columns of a known name have the type given; others pass through by their own.</summary>
    public static (string[] Ids, List<CatalogColumn> Columns) Read(string path, string idColumn, IReadOnlyDictionary<string, Type> known)
    {
        using var table = ParquetTable.Open(path);
        var idField = table.Require(idColumn, "text or integers");
        var ids = ReadIds(table, idField);
        int[] order = new int[ids.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(ids, order, StringComparer.Ordinal);
        for (int i = 1; i < ids.Length; i++)
        {
            if (ids[i] == ids[i - 1]) throw new InvalidDataException($"'{path}', column '{idColumn}': '{ids[i]}' occurs twice (rows {Math.Min(order[i - 1], order[i])} and {Math.Max(order[i - 1], order[i])}); ids must be distinct. Drop the doubles.");
        }

        var columns = new List<CatalogColumn>();
        foreach (var field in table.Fields.Where(f => f.Name != idColumn))
        {
            if (Kind(field, known) is { } kind) columns.Add(ReadColumn(table, field, kind, order));
        }

        return (ids, columns);
    }

    public static void Write(string path, string idColumn, ReadOnlySpan<string> ids, IEnumerable<CatalogColumn> columns, int rowGroupSize)
    {
        // By name, so that equal tables give equal bytes.
        CatalogColumn[] ordered = [.. columns.OrderBy(c => c.Name, StringComparer.Ordinal)];
        using var file = new ParquetTableWriter(path, [ParquetTableWriter.Text(idColumn, nullable: false), .. ordered.Select(ToField)]);
        for (int start = 0; start < ids.Length; start += rowGroupSize)
        {
            int count = Math.Min(rowGroupSize, ids.Length - start);
            using var group = file.BeginRowGroup();
            group.Write(idColumn, ids.Slice(start, count));
            foreach (var column in ordered)
            {
                switch (column)
                {
                    case NumberColumn number: group.Write(column.Name, number.Values.Slice(start, count)); break;
                    case TimeColumn time: group.Write(column.Name, time.UnixMilliseconds.Slice(start, count)); break;
                    case TextColumn text: group.Write(column.Name, Texts(text, start, count)); break;
                }
            }
        }

        file.Complete();
    }

    private static string[] ReadIds(ParquetTable table, DataField field)
    {
        long total = table.TotalRowCount;
        if (total > Array.MaxLength) throw new InvalidDataException($"'{table.Path}' holds {total} rows; a table held in memory may have {Array.MaxLength}.");
        var ids = new string[total];
        var pool = new TextPool();
        int start = 0;
        for (int group = 0; group < table.RowGroupCount; group++)
        {
            pool.Clear();
            string?[] read = table.ReadText(group, field, pool);
            int missing = Array.IndexOf(read, null);
            if (missing >= 0) throw table.Wrong(group, field.Name, $"row {missing} has no id. Drop such rows.");
            read.CopyTo(ids, start);
            start += read.Length;
        }

        return ids;
    }

    private static Type? Kind(DataField field, IReadOnlyDictionary<string, Type> known)
    {
        if (known.TryGetValue(field.Name, out var kind)) return kind;
        if (ParquetDecoding.IsText(field) || field.ClrType == typeof(Guid)) return typeof(TextColumn);
        if (ParquetDecoding.IsTime(field)) return typeof(TimeColumn);
        return ParquetDecoding.IsNumber(field) ? typeof(NumberColumn) : null;
    }

    private static CatalogColumn ReadColumn(ParquetTable table, DataField field, Type kind, int[] order)
    {
        if (kind == typeof(NumberColumn)) return new NumberColumn(field.Name, Gather(table, order, group => table.ReadNumbers(group, field)));
        if (kind == typeof(TimeColumn)) return new TimeColumn(field.Name, Gather(table, order, group => table.ReadTimes(group, field)));
        var pool = new TextPool();
        int[] codes = Gather(table, order, group => table.ReadCodes(group, field, pool));
        return new TextColumn(field.Name, codes, [.. Enumerable.Range(0, pool.Count).Select(code => pool[code])]);
    }

    private static T[] Gather<T>(ParquetTable table, int[] order, Func<int, T[]> read)
    {
        var stored = new T[order.Length];
        int start = 0;
        for (int group = 0; group < table.RowGroupCount; group++)
        {
            T[] part = read(group);
            part.CopyTo(stored, start);
            start += part.Length;
        }

        var sorted = new T[order.Length];
        for (int row = 0; row < sorted.Length; row++) sorted[row] = stored[order[row]];
        return sorted;
    }

    private static Field ToField(CatalogColumn column) => column switch
    {
        NumberColumn => ParquetTableWriter.Number(column.Name),
        TimeColumn => ParquetTableWriter.Time(column.Name),
        _ => ParquetTableWriter.Text(column.Name),
    };

    private static string?[] Texts(TextColumn column, int start, int count)
    {
        var texts = new string?[count];
        for (int i = 0; i < count; i++) texts[i] = column[start + i];
        return texts;
    }
}
