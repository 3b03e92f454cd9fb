using System.Text;
using Apache.Arrow;

namespace LineRec;

/// <summary>Text, dictionary-encoded or plain.</summary>
internal sealed class ArrowTextReader(string name) : ArrowColumnReader(name)
{
    private readonly List<int> _codes = [];
    private readonly List<string> _values = [];
    private readonly List<string?> _plain = [];
    private Dictionary<string, int>? _codeOf;

    public override void Append(IArrowArray array)
    {
        if (array is not DictionaryArray dictionary)
        {
            if (_codes.Count > 0) throw Unsupported(array);
            AppendPlain(array, _plain);
            return;
        }

        if (_plain.Count > 0) throw Unsupported(array);
        var values = new List<string?>(dictionary.Dictionary.Length);
        AppendPlain(dictionary.Dictionary, values);
        int[] map = Map(values);
        for (int i = 0; i < dictionary.Length; i++)
        {
            int code = IndexAt(dictionary.Indices, i);
            if (code >= map.Length) throw new InvalidDataException($"column '{Name}' has the code {code}; its dictionary has {map.Length} values.");
            _codes.Add(code < 0 ? TextColumn.Missing : map[code]);
        }
    }

    public override CatalogColumn ToColumn() =>
        _plain.Count > 0 ? TextColumn.Encode(Name, _plain) : new TextColumn(Name, [.. _codes], [.. _values]);

    /// <summary>A value a row, which must not be missing.</summary>
    public string[] ToStrings()
    {
        var rows = _plain.Count > 0 ? _plain : _codes.Select(c => c < 0 ? null : _values[c]).ToList();
        if (rows.FindIndex(string.IsNullOrEmpty) is var missing and >= 0) throw new InvalidDataException($"column '{Name}' has no value at row {missing}.");
        return [.. rows!];
    }

    /// <summary>Codes of one batch's dictionary as codes of the column: the first dictionary is taken as it is, later ones may add to it.</summary>
    private int[] Map(List<string?> values)
    {
        _codeOf ??= new Dictionary<string, int>(StringComparer.Ordinal);
        var map = new int[values.Count];
        for (int i = 0; i < map.Length; i++)
        {
            if (values[i] is not { } value) map[i] = TextColumn.Missing;
            else if (!_codeOf.TryGetValue(value, out map[i]))
            {
                map[i] = _values.Count;
                _codeOf.Add(value, map[i]);
                _values.Add(value);
            }
        }

        return map;
    }

    /// <summary>Decodes strings with every offset checked: the Arrow library trusts them and would read beyond the buffer.</summary>
    private void AppendPlain(IArrowArray array, List<string?> into)
    {
        if (array is not StringArray text) throw Unsupported(array);
        var offsets = text.ValueOffsets;
        var bytes = text.ValueBuffer.Span;
        for (int i = 0; i < text.Length; i++)
        {
            int start = offsets[i], length = offsets[i + 1] - start;
            if (start < 0 || length < 0 || start > bytes.Length - length) throw new InvalidDataException($"column '{Name}' has a text that lies outside its buffer.");
            into.Add(text.IsNull(i) ? null : Encoding.UTF8.GetString(bytes.Slice(start, length)));
        }
    }

    private static int IndexAt(IArrowArray indices, int i) => indices.IsNull(i) ? -1 : indices switch
    {
        Int32Array a => Check(a.GetValue(i)!.Value),
        Int8Array a => Check(a.GetValue(i)!.Value),
        Int16Array a => Check(a.GetValue(i)!.Value),
        Int64Array a => Check(a.GetValue(i)!.Value),
        UInt8Array a => a.GetValue(i)!.Value,
        UInt16Array a => a.GetValue(i)!.Value,
        UInt32Array a => Check(a.GetValue(i)!.Value),
        _ => throw new InvalidDataException($"a dictionary has indexes of type {indices.Data.DataType.Name}."),
    };

    private static int Check(long index) =>
        index is < 0 or > int.MaxValue ? throw new InvalidDataException($"a dictionary index is {index}.") : (int)index;
}
