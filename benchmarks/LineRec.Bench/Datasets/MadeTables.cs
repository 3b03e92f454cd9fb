using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

using Field = Apache.Arrow.Field;
using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace LineRec.Bench.Datasets;

/// <summary>Makes an events table and a table of examples with histories as a Parquet writer of other tools would store them: Snappy, dictionaries, row groups.</summary>
internal sealed class MadeTables(DatasetBenchOptions options)
{
    private const int Users = 200_000;
    private const int Items = 100_000;
    private const int LongestHistory = 20;

    private static readonly string[] Types = ["impression", "click", "cart", "purchase"];
    private static readonly string[] Placements = [.. Enumerable.Range(0, 24).Select(i => $"placement-{i}")];

    public string Events => Path.Combine(options.Folder, "events");

    public string Examples => Path.Combine(options.Folder, "examples");

    /// <summary>Makes what isn't there yet.</summary>
    public void Make()
    {
        Make(Events, Event);
        Make(Examples, Example);
    }

    private void Make(string folder, Func<Random, int, int, RecordBatch> make)
    {
        string name = $"{options.Rows}-{options.RowGroupSize}-{options.Files}-{options.Seed}", done = Path.Combine(folder, "_made");
        if (File.Exists(done) && File.ReadAllText(done) == name) return;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var random = new Random(options.Seed);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Snappy).Build();
        for (int file = 0, first = 0; file < options.Files; file++)
        {
            int last = (int)((long)options.Rows * (file + 1) / options.Files);
            FileWriter? writer = null;
            for (; first < last; first += options.RowGroupSize)
            {
                using var batch = make(random, first, Math.Min(options.RowGroupSize, last - first));
                writer ??= new FileWriter(Path.Combine(folder, $"part-{file:d5}.parquet"), batch.Schema, properties);
                writer.WriteRecordBatch(batch, options.RowGroupSize);
            }

            first = last;
            writer?.Close();
            writer?.Dispose();
        }

        File.WriteAllText(done, name);
    }

    private static RecordBatch Event(Random random, int first, int count)
    {
        var (users, items, types, places, requests) = (new StringArray.Builder(), new StringArray.Builder(), new StringArray.Builder(), new StringArray.Builder(), new Int64Array.Builder());
        var (positions, prices, times) = (new Int32Array.Builder(), new FloatArray.Builder(), new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC")));
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        for (int row = first; row < first + count; row++)
        {
            users.Append($"u{Skewed(random, Users):d8}");
            items.Append($"i{Skewed(random, Items):d8}");
            types.Append(Types[(int)(random.NextDouble() * random.NextDouble() * Types.Length)]);
            places.Append(Placements[random.Next(Placements.Length)]);
            requests.Append(row);
            positions.Append(1 + random.Next(40));
            if (random.Next(4) == 0) prices.AppendNull();
            else prices.Append(random.Next(100, 100_000) / 100f);
            times.Append(start.AddMilliseconds(row * 100L));
        }

        return Batch(count, ("row", requests.Build()), ("user_id", users.Build()), ("item_id", items.Build()), ("event_type", types.Build()), ("placement", places.Build()), ("position", positions.Build()), ("price", prices.Build()), ("timestamp", times.Build()));
    }

    private static RecordBatch Example(Random random, int first, int count)
    {
        var (rows, users, items, labels, histories) = (new Int64Array.Builder(), new Int32Array.Builder(), new Int32Array.Builder(), new FloatArray.Builder(), new ListArray.Builder(Int32Type.Default));
        var values = (Int32Array.Builder)histories.ValueBuilder;
        for (int row = first; row < first + count; row++)
        {
            rows.Append(row);
            users.Append(Skewed(random, Users));
            items.Append(Skewed(random, Items));
            labels.Append(random.Next(10) == 0 ? 1 : 0);
            histories.Append();
            for (int i = random.Next(LongestHistory + 1); i > 0; i--) values.Append(Skewed(random, Items));
        }

        return Batch(count, ("row", rows.Build()), ("user", users.Build()), ("item", items.Build()), ("label", labels.Build()), ("history", histories.Build()));
    }

    private static RecordBatch Batch(int count, params (string Name, IArrowArray Values)[] columns)
    {
        var schema = new Schema.Builder();
        foreach (var (name, values) in columns) schema.Field(new Field(name, values.Data.DataType, nullable: values.NullCount > 0 || name == "price"));
        return new RecordBatch(schema.Build(), columns.Select(c => c.Values), count);
    }

    private static int Skewed(Random random, int bound) => (int)(Math.Pow(random.NextDouble(), 2.5) * bound);
}
