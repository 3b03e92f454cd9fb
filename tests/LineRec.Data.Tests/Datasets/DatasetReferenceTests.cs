using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;
using ParquetSharp.Schema;

using Encoding = System.Text.Encoding;
using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace LineRec.Data;

/// <summary>Datasets read values and levels themselves: what they make of them must be what the library's own Arrow reader makes.</summary>
public class DatasetReferenceTests
{
    private const int Rows = 30_000;

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.2)]
    [InlineData(3, 0.97)]
    public void Random_tables_of_all_types_and_their_lists_are_read_as_Arrow_reads_them(int seed, double nulls)
    {
        using var folder = new TemporaryFolder();
        foreach (bool dictionary in new[] { true, false })
        {
            string path = folder[$"{dictionary}.parquet"];
            string[] names = Write(path, new Random(seed), nulls, dictionary);
            using var reader = ParquetDataset.Open(path, new DatasetOptions { ShuffleRows = 0, BatchSize = Rows }).Read();
            var found = names.ToDictionary(n => n, _ => new List<string>());
            while (reader.TryRead(out var read))
            {
                foreach (var column in read.Columns) found[column.Name].AddRange(Enumerable.Range(0, read.Count).Select(row => DatasetRows.Of(column, row)));
            }

            foreach (string name in names)
            {
                int row = 0;
                foreach (string expected in ReadByArrow(path, name))
                {
                    if (expected != found[name][row]) Assert.Fail($"{name}, row {row}: {found[name][row]} instead of {expected}");
                    row++;
                }

                Assert.Equal(Rows, row);
            }
        }
    }

    [Fact]
    public void Times_of_96_bits_are_read_to_the_millisecond_below()
    {
        using var folder = new TemporaryFolder();
        var times = new[] { new DateTime(2026, 11, 29, 1, 2, 3, 4, DateTimeKind.Utc), DateTime.UnixEpoch, new DateTime(1969, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc) };
        using (var time = new PrimitiveNode("time", Repetition.Optional, LogicalType.None(), PhysicalType.Int96))
        using (var schema = new GroupNode("schema", Repetition.Required, [time]))
        using (var properties = WriterProperties.GetDefaultWriterProperties())
        using (var file = new ParquetFileWriter(folder["a.parquet"], schema, properties))
        {
            using (var group = file.AppendRowGroup())
            using (var writer = (ColumnWriter<Int96>)group.NextColumn())
            {
                Int96[] values = [.. times.Select(t => Stored(t, nanoseconds: 999_999))];
                writer.WriteBatch(4, [1, 0, 1, 1], [], values);
            }

            file.Close();
        }

        Assert.Equal([Milliseconds(times[0]), "null", Milliseconds(times[1]), Milliseconds(times[2])], DatasetRows.ReadAll(folder.Path, new DatasetOptions { ShuffleRows = 0 }));

        static string Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_column_that_repeats_without_a_list_around_it_is_a_list()
    {
        // As protocol buffers are stored.
        using var folder = new TemporaryFolder();
        using (var history = new PrimitiveNode("history", Repetition.Repeated, LogicalType.None(), PhysicalType.Int64))
        using (var schema = new GroupNode("schema", Repetition.Required, [history]))
        using (var properties = WriterProperties.GetDefaultWriterProperties())
        using (var file = new ParquetFileWriter(folder["a.parquet"], schema, properties))
        {
            using (var group = file.AppendRowGroup())
            using (var writer = (ColumnWriter<long>)group.NextColumn()) writer.WriteBatch(5, [1, 1, 0, 1, 1], [0, 1, 0, 0, 1], [7L, 8, 9, 10]);
            file.Close();
        }

        Assert.Equal(["[7,8]", "[]", "[9,10]"], DatasetRows.ReadAll(folder.Path, new DatasetOptions { ShuffleRows = 0 }));
    }

    private static string[] Write(string path, Random random, double nulls, bool dictionary)
    {
        var columns = Kinds(random).SelectMany((k, i) => new[] { ($"flat{i}", k.Make(Rows, nulls)), ($"list{i}", Lists(k, random, nulls)) }).ToList();
        using var builder = new WriterPropertiesBuilder();

        // Small pages, so that lists go on from page to page, and dictionaries that overflow.
        builder.Compression(Compression.Snappy).DataPagesize(3_000).DictionaryPagesizeLimit(2_000);
        if (!dictionary) builder.DisableDictionary();
        using var properties = builder.Build();
        using var batch = new RecordBatch(new Schema([.. columns.Select(c => new Field(c.Item1, c.Item2.Data.DataType, nullable: nulls > 0))], null), columns.Select(c => c.Item2), Rows);
        using var writer = new FileWriter(path, batch.Schema, properties);
        writer.WriteRecordBatch(batch, 12_345);
        writer.Close();
        return [.. columns.Select(c => c.Item1)];
    }

    private static Int96 Stored(DateTime time, int nanoseconds)
    {
        long ofDay = (time.TimeOfDay.Ticks * 100) + nanoseconds;
        return new Int96((int)ofDay, (int)(ofDay >> 32), 2_440_588 + (int)Math.Floor((time.Date - DateTime.UnixEpoch).TotalDays));
    }

    private static IEnumerable<string> ReadByArrow(string path, string name)
    {
        using var file = new FileReader(path);
        int index = file.Schema.GetFieldIndex(name);
        using IArrowArrayStream stream = file.GetRecordBatchReader(columns: [index]);
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            for (int row = 0; row < batch.Length; row++) yield return Text(batch.Column(0), row);
            batch.Dispose();
        }
    }

    private static string Text(IArrowArray array, int row)
    {
        if (array.IsNull(row)) return "null";
        return array switch
        {
            ListArray lists => "[" + string.Join(',', Enumerable.Range(lists.ValueOffsets[row], lists.GetValueLength(row)).Select(i => Text(lists.Values, i))) + "]",
            StringArray texts => texts.GetString(row),
            LargeStringArray texts => texts.GetString(row),
            BinaryArray bytes => Encoding.UTF8.GetString(bytes.GetBytes(row)),
            BooleanArray flags => $"{flags.GetValue(row)}",
            TimestampArray times => Invariant(Math.Floor(times.Values[row] / PerMillisecond(((TimestampType)times.Data.DataType).Unit))),
            Date32Array days => Invariant(days.Values[row] * 86_400_000L),
            Date64Array times => Invariant(times.Values[row]),
            Int8Array v => Invariant(v.Values[row]),
            UInt8Array v => Invariant(v.Values[row]),
            Int16Array v => Invariant(v.Values[row]),
            UInt16Array v => Invariant(v.Values[row]),
            Int32Array v => Invariant(v.Values[row]),
            UInt32Array v => Invariant(v.Values[row]),
            Int64Array v => Invariant(v.Values[row]),
            UInt64Array v => Invariant(v.Values[row]),
            FloatArray v => Invariant((double)v.Values[row]),
            DoubleArray v => Invariant(v.Values[row]),
            _ => throw new InvalidDataException(array.GetType().Name),
        };
    }

    private static decimal PerMillisecond(TimeUnit unit) => unit switch { TimeUnit.Microsecond => 1_000, TimeUnit.Nanosecond => 1_000_000, _ => 1 };

    private static string Invariant(IFormattable value) => value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : value.ToString(null, CultureInfo.InvariantCulture);

    private static Kind[] Kinds(Random random) =>
    [
        Kind.Of(random, () => new BooleanArray.Builder(), (b, r) => b.Append(r.Next(2) == 0)),
        Kind.Of(random, () => new Int8Array.Builder(), (b, r) => b.Append((sbyte)r.Next(-128, 128))),
        Kind.Of(random, () => new UInt8Array.Builder(), (b, r) => b.Append((byte)r.Next(256))),
        Kind.Of(random, () => new Int16Array.Builder(), (b, r) => b.Append((short)r.Next(short.MinValue, short.MaxValue))),
        Kind.Of(random, () => new UInt16Array.Builder(), (b, r) => b.Append((ushort)r.Next(65_536))),
        Kind.Of(random, () => new Int32Array.Builder(), (b, r) => b.Append(r.Next(int.MinValue, int.MaxValue))),
        Kind.Of(random, () => new UInt32Array.Builder(), (b, r) => b.Append((uint)r.NextInt64(1L << 32))),
        Kind.Of(random, () => new Int64Array.Builder(), (b, r) => b.Append(r.NextInt64(long.MinValue, long.MaxValue))),
        Kind.Of(random, () => new UInt64Array.Builder(), (b, r) => b.Append((ulong)r.NextInt64(long.MinValue, long.MaxValue))),
        Kind.Of(random, () => new FloatArray.Builder(), (b, r) => b.Append(r.NextSingle())),
        Kind.Of(random, () => new DoubleArray.Builder(), (b, r) => b.Append(r.NextDouble())),
        Kind.Of(random, () => new StringArray.Builder(), (b, r) => b.Append(new string('x', r.Next(3)) + r.Next(r.Next(1, 5_000)) % 1_000)), // texts of four bytes and less among them
        Kind.Of(random, () => new StringArray.Builder(), (b, r) => b.Append("abcdefgh"[..r.Next(9)])), // also empty
        Kind.Of(random, () => new BinaryArray.Builder(), (b, r) => b.Append([(byte)r.Next('a', 'z')])),
        Kind.Of(random, () => new Date32Array.Builder(), (b, r) => b.Append(DateTime.UnixEpoch.AddDays(r.Next(-5_000, 50_000)))),
        Kind.Of(random, () => new Date64Array.Builder(), (b, r) => b.Append(DateTime.UnixEpoch.AddDays(r.Next(-5_000, 50_000)))),
        .. new[] { TimeUnit.Second, TimeUnit.Millisecond, TimeUnit.Microsecond, TimeUnit.Nanosecond }.Select(unit => Kind.Of(
            random, () => new TimestampArray.Builder(new TimestampType(unit, "UTC")), (b, r) => b.Append(DateTimeOffset.UnixEpoch.AddTicks(r.NextInt64(-1L << 52, 1L << 52))))),
    ];

    private static ListArray Lists(Kind kind, Random random, double nulls)
    {
        var offsets = new ArrowBuffer.Builder<int>();
        var valid = new ArrowBuffer.BitmapBuilder();
        int end = 0, missing = 0;
        offsets.Append(0);
        for (int row = 0; row < Rows; row++)
        {
            bool isNull = random.NextDouble() < nulls;
            missing += isNull ? 1 : 0;
            valid.Append(!isNull);
            end += isNull ? 0 : random.Next(random.Next(100) == 0 ? 200 : 4);
            offsets.Append(end);
        }

        var elements = kind.Make(end, nulls);
        return new ListArray(new ListType(new Field("element", elements.Data.DataType, nullable: nulls > 0)), Rows, offsets.Build(), elements, nulls > 0 ? valid.Build() : ArrowBuffer.Empty, missing);
    }

    private sealed record Kind(Func<int, double, IArrowArray> Make)
    {
        public static Kind Of<TArray, TBuilder>(Random random, Func<IArrowArrayBuilder<TArray, TBuilder>> builder, Action<TBuilder, Random> append)
            where TArray : IArrowArray
            where TBuilder : IArrowArrayBuilder<TArray, TBuilder> => new((count, nulls) =>
            {
                var made = (TBuilder)builder();
                for (int i = 0; i < count; i++)
                {
                    if (random.NextDouble() < nulls) made.AppendNull();
                    else append(made, random);
                }

                return made.Build(null);
            });
    }
}
