using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>What an Arrow type is to a dataset.</summary>
internal static class ArrowTypes
{
    /// <summary>The column, or null where values of such a type aren't read.</summary>
    public static DatasetField? Field(string name, IArrowType type) => type switch
    {
        ListType list => Scalar(list.ValueDataType) is { } element ? new DatasetField(name, element, IsList: true) : null,
        LargeListType list => Scalar(list.ValueDataType) is { } element ? new DatasetField(name, element, IsList: true) : null,
        _ => Scalar(type) is { } scalar ? new DatasetField(name, scalar) : null,
    };

    /// <summary>The unit of a column of timestamps, or of lists of them; null for anything else.</summary>
    public static TimeUnit? Unit(IArrowType type) => type switch
    {
        TimestampType time => time.Unit,
        ListType list => Unit(list.ValueDataType),
        LargeListType list => Unit(list.ValueDataType),
        _ => null,
    };

    private static Type? Scalar(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Boolean => typeof(bool),
        ArrowTypeId.Int8 => typeof(sbyte),
        ArrowTypeId.UInt8 => typeof(byte),
        ArrowTypeId.Int16 => typeof(short),
        ArrowTypeId.UInt16 => typeof(ushort),
        ArrowTypeId.Int32 => typeof(int),
        ArrowTypeId.UInt32 => typeof(uint),
        ArrowTypeId.Int64 => typeof(long),
        ArrowTypeId.UInt64 => typeof(ulong),
        ArrowTypeId.Float => typeof(float),
        ArrowTypeId.Double => typeof(double),
        ArrowTypeId.Timestamp or ArrowTypeId.Date32 or ArrowTypeId.Date64 => typeof(DateTimeOffset),
        ArrowTypeId.String or ArrowTypeId.Binary or ArrowTypeId.LargeString or ArrowTypeId.LargeBinary or ArrowTypeId.StringView or ArrowTypeId.BinaryView => typeof(string),
        ArrowTypeId.Dictionary => Scalar(((DictionaryType)type).ValueType) == typeof(string) ? typeof(string) : null,
        _ => null,
    };
}
