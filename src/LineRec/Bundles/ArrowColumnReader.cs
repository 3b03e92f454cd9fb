using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Gathers one column of an Arrow stream, batch after batch. It takes what other writers use for text, numbers and times as well.</summary>
internal abstract class ArrowColumnReader(string name)
{
    protected string Name => name;

    public static ArrowColumnReader Create(Field field)
    {
        var type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        return type switch
        {
            StringType => new ArrowTextReader(field.Name),
            TimestampType time => new ArrowTimeReader(field.Name, time.Unit),
            FloatType or DoubleType or Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type or UInt64Type or BooleanType
                => new ArrowNumberReader(field.Name),
            _ => throw new InvalidDataException($"column '{field.Name}' is of type {type.Name}; text (utf8, dictionary-encoded or not), numbers and timestamps are supported."),
        };
    }

    public abstract void Append(IArrowArray array);

    public abstract CatalogColumn ToColumn();

    protected InvalidDataException Unsupported(IArrowArray array) => new($"column '{name}' has a batch of type {array.Data.DataType.Name}, which isn't supported.");
}
