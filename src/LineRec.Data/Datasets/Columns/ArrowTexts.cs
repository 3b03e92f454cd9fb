using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Texts of Arrow arrays, in whichever of its layouts.</summary>
internal static class ArrowTexts
{
    /// <summary>One text in UTF-8; empty where null.</summary>
    public static ReadOnlySpan<byte> Utf8(IArrowArray array, int index) => array switch
    {
        BinaryArray binary => binary.GetBytes(index),
        LargeBinaryArray large => large.GetBytes(index),
        BinaryViewArray view => view.GetBytes(index),
        _ => throw new InvalidDataException($"holds {array.Data.DataType.Name} where text was expected"),
    };
}
