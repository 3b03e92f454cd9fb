using System.Text;
using Apache.Arrow;

namespace LineRec;

/// <summary>Texts on their way into an Arrow array; used again from batch to batch, so that it makes no garbage.</summary>
internal sealed class ExposureTexts
{
    private readonly ArrowBuffer.Builder<int> _offsets = new();
    private readonly ArrowBuffer.Builder<byte> _bytes = new();
    private readonly ArrowBuffer.BitmapBuilder _valid = new();
    private byte[] _scratch = new byte[256];
    private int _missing;

    public int Count { get; private set; }

    public void Add(string? text)
    {
        _offsets.Append(_bytes.Length);
        _valid.Append(text is not null);
        Count++;
        if (text is null)
        {
            _missing++;
            return;
        }

        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_scratch.Length < most) _scratch = new byte[most];
        _bytes.Append(_scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, _scratch)));
    }

    public void Add(Guid id)
    {
        _offsets.Append(_bytes.Length);
        _valid.Append(true);
        Count++;
        id.TryFormat(_scratch, out int written);
        _bytes.Append(_scratch.AsSpan(0, written));
    }

    /// <summary>The array; what comes next belongs to another one.</summary>
    public StringArray Build()
    {
        _offsets.Append(_bytes.Length);
        var array = new StringArray(Count, _offsets.Build(), _bytes.Build(), _missing == 0 ? ArrowBuffer.Empty : _valid.Build(), _missing);
        _offsets.Clear();
        _bytes.Clear();
        _valid.Clear();
        (Count, _missing) = (0, 0);
        return array;
    }
}
