using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace LineRec.Tests.Bundles;

/// <summary>Catalogs as other writers make them: plain text, other number types and time units, several dictionaries.</summary>
public sealed class ForeignCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plain_text_and_other_numbers_and_time_units_are_taken()
    {
        var catalog = Read(
            (Field("item_id", StringType.Default), Text("a", "b", "c")),
            (Field("category", StringType.Default), Text("x", null, "x")),
            (Field("price", DoubleType.Default), new DoubleArray.Builder().Append(1.5).AppendNull().Append(double.NaN).Build()),
            (Field("stock", Int64Type.Default), new Int64Array.Builder().Append(7).AppendNull().Append(-1).Build()),
            (Field("adult", BooleanType.Default), new BooleanArray.Builder().Append(true).Append(false).AppendNull().Build()),
            (Field("listed_at", Seconds), Times(Seconds, 1_700_000_000, null, -1)),
            (Field("seen_at", Micros), Times(Micros, 1_999, null, -1)));

        Assert.Equal([0, -1, 0], catalog.Category!.Codes);
        Assert.Equal([1.5f, float.NaN, float.NaN], catalog.Price!.Values.ToArray());
        Assert.Equal([7f, float.NaN, -1f], catalog.Stock!.Values.ToArray());
        Assert.Equal([1f, 0f, float.NaN], catalog.Find<NumberColumn>("adult")!.Values.ToArray());
        Assert.Equal([1_700_000_000_000, TimeColumn.Missing, -1000], catalog.ListedAt!.UnixMilliseconds);
        Assert.Equal([1, TimeColumn.Missing, -1], catalog.Find<TimeColumn>("seen_at")!.UnixMilliseconds); // rounded down
    }

    [Fact]
    public void Narrow_dictionary_indexes_are_taken()
    {
        var type = new DictionaryType(Int8Type.Default, StringType.Default, false);
        var codes = new Int8Array.Builder().Append(1).AppendNull().Append(0).Build();
        var catalog = Read((Field("item_id", StringType.Default), Text("a", "b", "c")), (Field("brand", type), new DictionaryArray(type, codes, Text("p", "q"))));
        Assert.Equal([1, -1, 0], catalog.Brand!.Codes);
        Assert.Equal(["p", "q"], catalog.Brand.Values);
    }

    [Fact]
    public void A_catalog_that_is_none_is_refused_with_the_reason()
    {
        Refused("no column 'item_id'", (Field("id", StringType.Default), Text("a")));
        Refused("ordinal order", (Field("item_id", StringType.Default), Text("b", "a")));
        Refused("ordinal order", (Field("item_id", StringType.Default), Text("a", "a")));
        Refused("no value at row 1", (Field("item_id", StringType.Default), Text("a", null)));
        Refused("text (utf8", (Field("item_id", StringType.Default), Text("a")), (Field("blob", BinaryType.Default), new BinaryArray.Builder().Append([1]).Build()));
        Refused("can't be read", (Field("item_id", Int32Type.Default), new Int32Array.Builder().Append(1).Build()));
    }

    private static readonly TimestampType Seconds = new(TimeUnit.Second, "UTC");
    private static readonly TimestampType Micros = new(TimeUnit.Microsecond, "UTC");

    private void Refused(string because, params (Field Field, IArrowArray Array)[] columns)
    {
        var e = Assert.Throws<BundleException>(() => Read(columns));
        Assert.Equal("catalog.arrows", e.File);
        Assert.Contains(because, e.Message);
    }

    private Catalog Read(params (Field Field, IArrowArray Array)[] columns)
    {
        var schema = new Schema(columns.Select(c => c.Field), metadata: null);
        using (var writer = new ArrowStreamWriter(File.Create(Path.Combine(_folder.Path, "catalog.arrows")), schema, leaveOpen: false))
        {
            using var batch = new RecordBatch(schema, columns.Select(c => c.Array), columns[0].Array.Length);
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return CatalogFile.Read(_folder.Path);
    }

    private static Field Field(string name, IArrowType type) => new(name, type, nullable: true);

    private static StringArray Text(params string?[] values)
    {
        var builder = new StringArray.Builder();
        foreach (string? value in values) builder.Append(value);
        return builder.Build();
    }

    private static TimestampArray Times(TimestampType type, params long?[] values)
    {
        var (ticks, valid) = (new ArrowBuffer.Builder<long>(), new ArrowBuffer.BitmapBuilder());
        foreach (long? value in values)
        {
            ticks.Append(value ?? 0);
            valid.Append(value.HasValue);
        }

        return new TimestampArray(type, ticks.Build(), valid.Build(), values.Length, values.Count(v => v is null), 0);
    }
}
