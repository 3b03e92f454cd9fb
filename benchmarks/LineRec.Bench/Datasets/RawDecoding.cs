using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Parquet.Schema;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Bench.Datasets;

/// <summary>Decodes all columns and does nothing with them, or reads each value once: as fast as each library goes.</summary>
internal static class RawDecoding
{
    private static long _sum;

    public static long ParquetSharp(string folder, int threads, int rowGroupSize, bool asCodes, bool readValues = false) =>
        RowGroupWork.Run(folder, threads, file => Open(file, rowGroupSize, asCodes), (reader, group) => ReadArrow(reader, group, readValues), reader => reader.Dispose());

    /// <summary>Decodes values and levels only: no lists, no texts that outlive the next batch.</summary>
    public static long ParquetSharpColumns(string folder, int threads) =>
        RowGroupWork.Run(folder, threads, file => (Reader: new ParquetFileReader(file), Batch: new ColumnBatch()), (open, group) => ReadColumns(open.Reader, group, open.Batch), open => open.Reader.Dispose());

    public static long ParquetNet(string folder, int threads) => RowGroupWork.Run(
        folder, threads, file => global::Parquet.ParquetReader.CreateAsync(file).GetAwaiter().GetResult(), ReadParquetNet, reader => reader.DisposeAsync().AsTask().GetAwaiter().GetResult());

    private static long ReadArrow(FileReader reader, int group, bool readValues)
    {
        using IArrowArrayStream stream = reader.GetRecordBatchReader([group]);
        long rows = 0;
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            rows += batch.Length;
            if (readValues) foreach (var column in batch.Arrays) Interlocked.Add(ref _sum, Sum(column.Data));
            batch.Dispose();
        }

        return rows;
    }

    private static long ReadColumns(ParquetFileReader reader, int group, ColumnBatch batch)
    {
        using var rowGroup = reader.RowGroup(group);
        for (int c = 0; c < rowGroup.MetaData.NumColumns; c++)
        {
            using var column = rowGroup.Column(c);
            column.Apply(batch);
        }

        return rowGroup.MetaData.NumRows;
    }

    private static long ReadParquetNet(global::Parquet.ParquetReader reader, int group)
    {
        using var rowGroup = reader.OpenRowGroupReader(group);
        foreach (var field in reader.Schema.DataFields) Read(rowGroup, field);
        return rowGroup.RowCount;
    }

    private static void Read(global::Parquet.ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(long)) Read<long>(group, field);
        else if (field.ClrType == typeof(int)) Read<int>(group, field);
        else if (field.ClrType == typeof(float)) Read<float>(group, field);
        else if (field.ClrType == typeof(DateTime)) Read<DateTime>(group, field);
        else Read<ReadOnlyMemory<char>>(group, field);
    }

    private static void Read<T>(global::Parquet.ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T[group.RowCount];
        int[]? levels = field.MaxDefinitionLevel > 0 ? new int[group.RowCount] : null;
        group.ReadRawAsync(field, values.AsMemory(), levels is null ? default(Memory<int>?) : levels.AsMemory(), null).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Reads all that an array is made of: its values, codes, texts, offsets, elements and nulls.</summary>
    private static long Sum(ArrayData data)
    {
        long sum = data.Dictionary is { } texts ? Sum(texts) : 0;
        foreach (var buffer in data.Buffers) sum += TensorPrimitives.Sum<long>(MemoryMarshal.Cast<byte, long>(buffer.Span));
        foreach (var child in data.Children ?? []) sum += Sum(child);
        return sum;
    }

    private static FileReader Open(string file, int rowGroupSize, bool asCodes)
    {
        using var properties = ArrowReaderProperties.GetDefault();
        properties.UseThreads = false;
        properties.BatchSize = rowGroupSize;
        using (var footer = new ParquetFileReader(file))
        {
            for (int c = 0; asCodes && c < footer.FileMetaData.NumColumns; c++)
            {
                if (footer.FileMetaData.Schema.Column(c).PhysicalType == PhysicalType.ByteArray) properties.SetReadDictionary(c, true);
            }
        }

        return new FileReader(file, arrowProperties: properties);
    }

    private sealed class ColumnBatch : IColumnReaderVisitor<bool>
    {
        private const int Entries = 4096;

        private readonly short[] _definitions = new short[Entries];
        private readonly short[] _repetitions = new short[Entries];
        private readonly byte[] _values = new byte[Entries * 16];

        public bool OnColumnReader<TValue>(ColumnReader<TValue> columnReader)
            where TValue : unmanaged
        {
            var levels = columnReader.ColumnDescriptor;
            var definitions = levels.MaxDefinitionLevel > 0 ? _definitions.AsSpan() : default;
            var repetitions = levels.MaxRepetitionLevel > 0 ? _repetitions.AsSpan() : default;
            var values = MemoryMarshal.Cast<byte, TValue>(_values.AsSpan())[..Entries];
            while (columnReader.HasNext) columnReader.ReadBatch(Entries, definitions, repetitions, values, out _);
            return true;
        }
    }
}
