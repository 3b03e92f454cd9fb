using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace LineRec.Data;

/// <summary>A table with a column of each kind, whose values follow from the row's number: with nulls, empty lists and nulls in lists.</summary>
internal static class SampleDataset
{
    public const long FirstTime = 1_767_323_045_678;

    private static readonly Schema Schema = new Schema.Builder()
        .Field(new Field("id", Int64Type.Default, nullable: false))
        .Field(new Field("user", StringType.Default, nullable: true))
        .Field(new Field("price", DoubleType.Default, nullable: true))
        .Field(new Field("weight", FloatType.Default, nullable: false))
        .Field(new Field("clicked", BooleanType.Default, nullable: true))
        .Field(new Field("time", new TimestampType(TimeUnit.Microsecond, "UTC"), nullable: true))
        .Field(new Field("day", Date32Type.Default, nullable: false))
        .Field(new Field("history", new ListType(Int32Type.Default), nullable: true))
        .Field(new Field("tags", new ListType(StringType.Default), nullable: true))
        .Build();

    public static string? User(long id) => id % 11 == 3 ? null : $"user {id % 7}";

    public static double? Price(long id) => id % 5 == 1 ? null : id * 0.25;

    public static float Weight(long id) => id % 13 == 2 ? float.NaN : id % 97;

    public static bool? Clicked(long id) => id % 6 == 5 ? null : id % 3 == 0;

    public static long? Time(long id) => id % 9 == 4 ? null : FirstTime + (id * 1000);

    public static long Day(long id) => id / 10 * 86_400_000;

    public static int?[]? History(long id) => id % 10 == 7 ? null : [.. Enumerable.Range(0, (int)(id % 4)).Select(i => (id + i) % 17 == 0 ? (int?)null : (int)(id * 10) + i)];

    public static string?[]? Tags(long id) => id % 12 == 8 ? null : [.. Enumerable.Range(0, (int)(id % 3)).Select(i => (id + i) % 19 == 0 ? null : $"tag {(id + i) % 5}")];

    /// <summary>A row as text, as <see cref="DatasetRows"/> gives what was read.</summary>
    public static string Row(long id) => string.Join(
        '|', id, User(id) ?? "null", Text(Price(id)), Text(Weight(id)), Clicked(id)?.ToString() ?? "null", Time(id)?.ToString() ?? "null", Day(id),
        History(id) is { } history ? "[" + string.Join(',', history.Select(h => h?.ToString() ?? "null")) + "]" : "null",
        Tags(id) is { } tags ? "[" + string.Join(',', tags.Select(t => t ?? "null")) + "]" : "null");

    /// <summary>Writes rows first to first + count - 1.</summary>
    public static void Write(string path, long first, int count, int rowGroupSize, Action<WriterPropertiesBuilder>? configure = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var builder = new WriterPropertiesBuilder();
        configure?.Invoke(builder.Compression(Compression.Snappy));
        using var properties = builder.Build();
        using var writer = new FileWriter(path, Schema, properties);
        using var batch = Batch(first, count);
        if (count > 0) writer.WriteRecordBatch(batch, rowGroupSize);
        writer.Close();
    }

    /// <summary>Writes a folder of files; row numbers go on from file to file.</summary>
    public static void WriteFiles(string folder, int rowGroupSize, params int[] counts)
    {
        long first = 0;
        for (int file = 0; file < counts.Length; file++)
        {
            Write(Path.Combine(folder, $"part-{file:d3}.parquet"), first, counts[file], rowGroupSize);
            first += counts[file];
        }
    }

    private static string Text(double? number) => number is { } value && !double.IsNaN(value) ? value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "null";

    private static RecordBatch Batch(long first, int count)
    {
        var (ids, users, prices, weights, clicks) = (new Int64Array.Builder(), new StringArray.Builder(), new DoubleArray.Builder(), new FloatArray.Builder(), new BooleanArray.Builder());
        var times = new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC"));
        var days = new Date32Array.Builder();
        var histories = new ListArray.Builder(Int32Type.Default);
        var tags = new ListArray.Builder(StringType.Default);
        for (long id = first; id < first + count; id++)
        {
            ids.Append(id);
            if (User(id) is { } user) users.Append(user);
            else users.AppendNull();
            if (Price(id) is { } price) prices.Append(price);
            else prices.AppendNull();
            weights.Append(Weight(id));
            if (Clicked(id) is { } clicked) clicks.Append(clicked);
            else clicks.AppendNull();
            if (Time(id) is { } time) times.Append(DateTimeOffset.FromUnixTimeMilliseconds(time).AddMicroseconds(987));
            else times.AppendNull();
            days.Append(DateTimeOffset.FromUnixTimeMilliseconds(Day(id)));
            AppendList(histories, History(id), (list, value) => ((Int32Array.Builder)list).Append(value!.Value));
            AppendList(tags, Tags(id), (list, value) => ((StringArray.Builder)list).Append(value!));
        }

        return new RecordBatch(Schema, [ids.Build(), users.Build(), prices.Build(), weights.Build(), clicks.Build(), times.Build(), days.Build(), histories.Build(), tags.Build()], count);
    }

    private static void AppendList<T>(ListArray.Builder lists, T[]? values, Action<IArrowArrayBuilder, T> append)
    {
        if (values is null)
        {
            lists.AppendNull();
            return;
        }

        lists.Append();
        foreach (var value in values)
        {
            if (value is not null) append(lists.ValueBuilder, value);
            else if (lists.ValueBuilder is Int32Array.Builder numbers) numbers.AppendNull();
            else ((StringArray.Builder)lists.ValueBuilder).AppendNull();
        }
    }
}
