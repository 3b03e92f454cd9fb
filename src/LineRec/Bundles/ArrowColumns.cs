using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Catalog columns as Arrow arrays.</summary>
internal static class ArrowColumns
{
    public static readonly TimestampType Time = new(TimeUnit.Millisecond, "UTC");

    private static readonly DictionaryType DictionaryText = new(Int32Type.Default, StringType.Default, false);

    public static Field FieldOf(CatalogColumn column) => new(
        column.Name,
        column switch
        {
            TextColumn => DictionaryText,
            NumberColumn => FloatType.Default,
            TimeColumn => Time,
            _ => throw new NotSupportedException($"Column '{column.Name}' is a {column.GetType().Name}, which can't be stored."),
        },
        nullable: true);

    public static StringArray Text(ReadOnlySpan<string> values)
    {
        var builder = new StringArray.Builder();
        builder.Reserve(values.Length);
        foreach (string value in values) builder.Append(value);
        return builder.Build();
    }

    /// <summary>Rows of a column; a missing value is null.</summary>
    public static IArrowArray Slice(CatalogColumn column, int start, int count, IArrowArray? dictionary)
    {
        switch (column)
        {
            case TextColumn text:
                var codes = new Int32Array.Builder().Reserve(count);
                foreach (int code in text.Codes.Slice(start, count)) _ = code < 0 ? codes.AppendNull() : codes.Append(code);
                return new DictionaryArray(DictionaryText, codes.Build(), dictionary!);
            case NumberColumn number:
                var values = new FloatArray.Builder().Reserve(count);
                foreach (float value in number.Values.Slice(start, count)) _ = float.IsNaN(value) ? values.AppendNull() : values.Append(value);
                return values.Build();
            default:
                var bytes = new ArrowBuffer.Builder<long>(count);
                var valid = new ArrowBuffer.BitmapBuilder(count);
                int missing = 0;
                foreach (long value in ((TimeColumn)column).UnixMilliseconds.Slice(start, count))
                {
                    bool has = value != TimeColumn.Missing;
                    bytes.Append(has ? value : 0);
                    valid.Append(has);
                    if (!has) missing++;
                }

                return new TimestampArray(Time, bytes.Build(), valid.Build(), count, missing, 0);
        }
    }
}
