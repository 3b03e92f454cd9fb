using System.Globalization;
using System.Text;

namespace LineRec.Data;

/// <summary>Gives each distinct text a code from 0 and one shared string, so that a column of repeated ids costs one string an id.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];
    private int _last = -1;

    public TextPool() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _texts.Count;

    public string this[int code] => _texts[code];

    /// <summary>The code of a text; empty is missing (-1), as is null.</summary>
    public int Code(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return -1;

        // Logs come in runs: the user of the event before is likely the user of this one.
        if (_last >= 0 && text.SequenceEqual(_texts[_last])) return _last;
        if (!_lookup.TryGetValue(text, out int code))
        {
            string added = text.ToString();
            _codes.Add(added, code = _texts.Count);
            _texts.Add(added);
        }

        return _last = code;
    }

    public int Code(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = stackalloc char[256];
        return utf8.Length <= buffer.Length ? Code(buffer[..Encoding.UTF8.GetChars(utf8, buffer)]) : Code(Encoding.UTF8.GetString(utf8));
    }

    public int Code<T>(T value)
        where T : ISpanFormattable
    {
        Span<char> buffer = stackalloc char[48];
        return value.TryFormat(buffer, out int written, default, CultureInfo.InvariantCulture)
            ? Code(buffer[..written])
            : Code(value.ToString(null, CultureInfo.InvariantCulture));
    }

    public void Clear()
    {
        _codes.Clear();
        _texts.Clear();
        _last = -1;
    }
}
