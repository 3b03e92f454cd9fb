using System.Globalization;

namespace LineRec.Data;

/// <summary>What a reader gives, row by row as text.</summary>
internal static class DatasetRows
{
    public static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    public static List<string> ReadAll(string path, DatasetOptions options, DatasetPosition? from = null)
    {
        using var reader = ParquetDataset.Open(path, options).Read(from);
        return ReadAll(reader);
    }

    public static List<string> ReadAll(DatasetReader reader)
    {
        var rows = new List<string>();
        while (reader.TryRead(out var batch)) rows.AddRange(Of(batch));
        return rows;
    }

    public static IEnumerable<string> Of(DatasetBatch batch) => Enumerable.Range(0, batch.Count).Select(row => string.Join('|', batch.Columns.Select(c => Of(c, row)))).ToList();

    /// <summary>The ids of the rows alone, in the order of reading.</summary>
    public static List<long> ReadIds(string path, DatasetOptions options)
    {
        using var reader = ParquetDataset.Open(path, options with { Columns = ["id"] }).Read();
        var ids = new List<long>();
        while (reader.TryRead(out var batch)) ids.AddRange(batch.Values<long>("id").Span);
        return ids;
    }

    public static string Of(DatasetColumn column, int row)
    {
        bool isNull = !column.IsNull.IsEmpty && column.IsNull.Span[row];
        if (column is DatasetListColumn lists)
        {
            var (start, end) = (lists.Offsets.Span[row], lists.Offsets.Span[row + 1]);
            if (isNull) Assert.Equal(start, end);
            return isNull ? "null" : "[" + string.Join(',', Enumerable.Range(start, end - start).Select(i => Of(lists.Elements, i))) + "]";
        }

        string text = column switch
        {
            DatasetTextColumn t => t[row] ?? "null",
            DatasetColumn<long> v => v.Values.Span[row] == TimeColumn.Missing || (isNull && v.Values.Span[row] == 0) ? "null" : v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<double> v => double.IsNaN(v.Values.Span[row]) ? "null" : v.Values.Span[row].ToString("R", CultureInfo.InvariantCulture),
            DatasetColumn<float> v => float.IsNaN(v.Values.Span[row]) ? "null" : ((double)v.Values.Span[row]).ToString("R", CultureInfo.InvariantCulture),
            _ when isNull => "null",
            DatasetColumn<bool> v => v.Values.Span[row].ToString(),
            DatasetColumn<sbyte> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<byte> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<short> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<ushort> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<int> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<uint> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            DatasetColumn<ulong> v => v.Values.Span[row].ToString(CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException(column.GetType().Name),
        };
        if (isNull) Assert.Equal("null", text);
        return text;
    }
}
