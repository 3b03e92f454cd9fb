using Parquet.Schema;

namespace LineRec.Data;

/// <summary>Reads columns as the types of LineRec's tables, whatever numeric width or unit their writer chose.</summary>
internal static class ParquetDecoding
{
    /// <summary>Whether a column can be read as text: text, integers, UUIDs, and bytes taken for UTF-8.</summary>
    public static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(ReadOnlyMemory<byte>);

    public static bool IsTime(DataField field) => field.ClrType == typeof(DateTime);

    public static bool IsNumber(DataField field) => field is not TimeDataField && Type.GetTypeCode(field.ClrType) is
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal;

    /// <summary>The codes of a text or integer column; -1 where null or empty.</summary>
    public static int[] ReadCodes(this ParquetTable table, int rowGroup, DataField field, TextPool pool)
    {
        var type = field.ClrType;
        if (type == typeof(ReadOnlyMemory<char>)) return table.Read<ReadOnlyMemory<char>>(rowGroup, field).Spread(-1, v => pool.Code(v.Span));
        if (type == typeof(ReadOnlyMemory<byte>)) return table.Read<ReadOnlyMemory<byte>>(rowGroup, field).Spread(-1, v => pool.Code(v.Span));
        if (type == typeof(long)) return table.Read<long>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(int)) return table.Read<int>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(ulong)) return table.Read<ulong>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(uint)) return table.Read<uint>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(short)) return table.Read<short>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(ushort)) return table.Read<ushort>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(byte)) return table.Read<byte>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(sbyte)) return table.Read<sbyte>(rowGroup, field).Spread(-1, v => pool.Code(v));
        if (type == typeof(Guid)) return table.Read<Guid>(rowGroup, field).Spread(-1, v => pool.Code(v));
        throw table.Wrong(rowGroup, field.Name, $"needs text or integers, found {Describe(field)}. Cast it when writing.");
    }

    /// <summary>A text column; null where null or empty.</summary>
    public static string?[] ReadText(this ParquetTable table, int rowGroup, DataField field, TextPool pool)
    {
        int[] codes = table.ReadCodes(rowGroup, field, pool);
        var texts = new string?[codes.Length];
        for (int i = 0; i < codes.Length; i++) texts[i] = codes[i] < 0 ? null : pool[codes[i]];
        return texts;
    }

    /// <summary>A numeric column; NaN where null.</summary>
    public static float[] ReadNumbers(this ParquetTable table, int rowGroup, DataField field) => !IsNumber(field)
        ? throw table.Wrong(rowGroup, field.Name, $"needs numbers, found {Describe(field)}. Cast it when writing.")
        : Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Single => table.Read<float>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.Double => table.Read<double>(rowGroup, field).Spread(float.NaN, v => (float)v),
            TypeCode.Int32 => table.Read<int>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.Int64 => table.Read<long>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.Boolean => table.Read<bool>(rowGroup, field).Spread(float.NaN, v => v ? 1f : 0f),
            TypeCode.Decimal => table.Read<decimal>(rowGroup, field).Spread(float.NaN, v => (float)v),
            TypeCode.Byte => table.Read<byte>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.SByte => table.Read<sbyte>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.Int16 => table.Read<short>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.UInt16 => table.Read<ushort>(rowGroup, field).Spread(float.NaN, v => v),
            TypeCode.UInt32 => table.Read<uint>(rowGroup, field).Spread(float.NaN, v => v),
            _ => table.Read<ulong>(rowGroup, field).Spread(float.NaN, v => (float)v),
        };

    /// <summary>A time column in milliseconds since 1970-01-01 UTC: a Parquet timestamp of any unit, a date, or int64 milliseconds; <see cref="TimeColumn.Missing"/> where null.</summary>
    public static long[] ReadTimes(this ParquetTable table, int rowGroup, DataField field)
    {
        if (IsTime(field)) return table.Read<DateTime>(rowGroup, field).Spread(TimeColumn.Missing, ToUnixMilliseconds);
        if (field.ClrType == typeof(long) && field is not TimeDataField) return table.Read<long>(rowGroup, field).Spread(TimeColumn.Missing, v => v);
        throw table.Wrong(rowGroup, field.Name, $"needs a timestamp, a date or int64 milliseconds since 1970-01-01 UTC, found {Describe(field)}. Cast it when writing.");
    }

    /// <summary>The first and the last time of a row group, by its footer; null where that doesn't tell, as for dates and for what Impala wrote.</summary>
    public static (long First, long Last)? TimeRange(this ParquetTable table, int rowGroup, DataField field)
    {
        if (table.Range(rowGroup, field) is not { } stored) return null;
        long perMillisecond = field switch
        {
            DateTimeDataField { Unit: DateTimeTimeUnit.Micros } => 1_000,
            DateTimeDataField { Unit: DateTimeTimeUnit.Nanos } => 1_000_000,
            _ => 1,
        };
        if (ParquetWriters.MisstateRanges(table.Writer, perMillisecond > 1)) return null;
        return (TimeUnits.FloorDivide(stored.Least, perMillisecond), TimeUnits.FloorDivide(stored.Greatest, perMillisecond));
    }

    public static string Describe(DataField field) => field switch
    {
        TimeDataField => "a time of day",
        _ when field.ClrType == typeof(ReadOnlyMemory<char>) => "text",
        _ when field.ClrType == typeof(ReadOnlyMemory<byte>) => "bytes",
        _ when field.ClrType == typeof(DateTime) => "a timestamp",
        _ => field.ClrType.Name.ToLowerInvariant(),
    };

    // Local and UTC timestamps alike hold the UTC wall clock in these tables; the kind that the library sets is not looked at.
    private static long ToUnixMilliseconds(DateTime time) => TimeUnits.FloorDivide(time.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
}
