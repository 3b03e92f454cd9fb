using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Where lists begin and end on their way into an Arrow array; the values are kept by somebody else. Used again from batch to batch.</summary>
internal sealed class ExposureLists
{
    private readonly ArrowBuffer.Builder<int> _offsets = new();
    private readonly ArrowBuffer.BitmapBuilder _valid = new();
    private int _missing;
    private int _count;

    /// <summary>Begins a list.</summary>
    /// <param name="valuesBefore">How many values the lists before it have.</param>
    /// <param name="isMissing">Whether it is null rather than empty.</param>
    public void Begin(int valuesBefore, bool isMissing = false)
    {
        _offsets.Append(valuesBefore);
        _valid.Append(!isMissing);
        _count++;
        if (isMissing) _missing++;
    }

    /// <summary>The array; what comes next belongs to another one.</summary>
    public ListArray Build(IArrowType type, IArrowArray values)
    {
        _offsets.Append(values.Length);
        var array = new ListArray(type, _count, _offsets.Build(), values, _missing == 0 ? ArrowBuffer.Empty : _valid.Build(), _missing);
        _offsets.Clear();
        _valid.Clear();
        (_count, _missing) = (0, 0);
        return array;
    }
}
