using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Preparation;

/// <summary>Writes the rows of any ADO.NET driver as Parquet, a row group at a time through Arrow arrays.</summary>
internal static class ParquetRows
{
    /// <summary>Writes all rows of a reader.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidDataException">A column is neither a whole number nor a number nor text.</exception>
    public static long Write(DbDataReader reader, string path, CancellationToken cancellationToken)
    {
        RowColumn[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(c => ColumnOf(reader, c))];
        var schema = new Schema([.. columns.Select(c => new Apache.Arrow.Field(c.Name, c.Type, nullable: true))], null);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Snappy).Build();
        using var writer = new FileWriter(path, schema, properties);
        long rows = 0;
        int count;
        do
        {
            for (count = 0; count < PreparationDefaults.RowGroupSize && reader.Read(); count++)
            {
                foreach (var column in columns) column.Append();
            }

            cancellationToken.ThrowIfCancellationRequested();
            rows += count;
            using var batch = new RecordBatch(schema, columns.Select(c => c.Build()), count);
            if (count > 0) writer.WriteRecordBatch(batch, PreparationDefaults.RowGroupSize);
            foreach (var column in columns) column.Clear();
        }
        while (count == PreparationDefaults.RowGroupSize);

        writer.Close();
        return rows;
    }

    private static RowColumn ColumnOf(DbDataReader reader, int index)
    {
        var (name, type) = (reader.GetName(index), reader.GetFieldType(index));
        if (type == typeof(long) || type == typeof(int))
        {
            var values = new Int64Array.Builder();
            return new(name, Int64Type.Default, () => _ = reader.IsDBNull(index) ? values.AppendNull() : values.Append(reader.GetInt64(index)), () => values.Build(), () => values.Clear());
        }

        if (type == typeof(double))
        {
            var values = new DoubleArray.Builder();
            return new(name, DoubleType.Default, () => _ = reader.IsDBNull(index) ? values.AppendNull() : values.Append(reader.GetDouble(index)), () => values.Build(), () => values.Clear());
        }

        if (type == typeof(string))
        {
            var values = new StringArray.Builder();
            return new(name, StringType.Default, () => _ = reader.IsDBNull(index) ? values.AppendNull() : values.Append(reader.GetString(index)), () => values.Build(), () => values.Clear());
        }

        throw new InvalidDataException($"The query's column '{name}' holds {type.Name}; whole numbers, doubles and texts are written. Cast it in a view, or leave it out.");
    }

    /// <summary>A column whose values gather until a row group is full.</summary>
    private sealed record RowColumn(string Name, ArrowType Type, Action Append, Func<IArrowArray> Build, Action Clear);
}
