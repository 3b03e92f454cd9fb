using Apache.Arrow;

namespace LineRec;

/// <summary>Numbers of any Arrow type, as float; null is NaN.</summary>
internal sealed class ArrowNumberReader(string name) : ArrowColumnReader(name)
{
    private readonly List<float> _values = [];

    public override void Append(IArrowArray array)
    {
        for (int i = 0; i < array.Length; i++)
        {
            _values.Add(array switch
            {
                FloatArray a => a.GetValue(i) ?? float.NaN,
                DoubleArray a => (float?)a.GetValue(i) ?? float.NaN,
                Int32Array a => a.GetValue(i) ?? float.NaN,
                Int64Array a => a.GetValue(i) ?? float.NaN,
                Int16Array a => a.GetValue(i) ?? float.NaN,
                Int8Array a => a.GetValue(i) ?? float.NaN,
                UInt8Array a => a.GetValue(i) ?? float.NaN,
                UInt16Array a => a.GetValue(i) ?? float.NaN,
                UInt32Array a => a.GetValue(i) ?? float.NaN,
                UInt64Array a => a.GetValue(i) ?? float.NaN,
                BooleanArray a => a.GetValue(i) is { } flag ? (flag ? 1f : 0f) : float.NaN,
                _ => throw Unsupported(array),
            });
        }
    }

    public override CatalogColumn ToColumn() => new NumberColumn(Name, [.. _values]);
}
