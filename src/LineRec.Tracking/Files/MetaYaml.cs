using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LineRec.Tracking;

/// <summary>MLflow's meta.yaml: one mapping, its keys sorted, written as PyYAML writes it and read whatever writer it has.</summary>
internal sealed partial class MetaYaml
{
    private readonly string _path;
    private readonly SortedDictionary<string, string> _rendered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> _read = [];

    public MetaYaml(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrackingException">It isn't a mapping.</exception>
    public static MetaYaml Read(string path)
    {
        var meta = new MetaYaml(path);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(SharedFile.Read(path)));
            foreach (var (key, node) in ((YamlMappingNode)stream.Documents[0].RootNode).Children) meta.Take(((YamlScalarNode)key).Value!, node);
        }
        catch (Exception e) when (e is YamlException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new TrackingException($"'{path}' isn't one of MLflow's meta.yaml files: {e.Message}", e);
        }

        return meta;
    }

    public void Set(string key, string? value) => _rendered[key] = value is null ? "null" : Scalar(value);

    public void Set(string key, long value) => _rendered[key] = value.ToString(CultureInfo.InvariantCulture);

    /// <summary>An empty list: "[]", as runs have for tags.</summary>
    public void SetEmptyList(string key) => _rendered[key] = "[]";

    /// <summary>A mapping of texts; an empty one is "{}".</summary>
    public void SetMapping(string key, IReadOnlyCollection<KeyValuePair<string, string>> values) => _rendered[key] = values.Count == 0
        ? "{}"
        : string.Concat(values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"\n  {Scalar(v.Key)}: {Scalar(v.Value)}"));

    public void Save(string aside, bool replace = true) => SharedFile.Write(_path, ToString(), aside, replace);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _rendered) text.Append(key).Append(value.StartsWith('\n') ? ":" : ": ").Append(value).Append('\n');
        return text.ToString();
    }

    /// <summary>A text that was read; null where there is none.</summary>
    public string? Find(string key) => _read.TryGetValue(key, out var node) ? Value(node) : null;

    /// <summary>A text that was read.</summary>
    /// <exception cref="TrackingException">There is none.</exception>
    public string Text(string key) => Find(key) ?? throw new TrackingException($"'{_path}' has no value for '{key}'; is it one of MLflow's?");

    /// <summary>A whole number that was read; null where there is none.</summary>
    public long? FindNumber(string key) => Find(key) is not { } text ? null : long.TryParse(text, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new TrackingException($"'{_path}' has '{text}' for '{key}'; it must be a whole number.");

    /// <summary>A whole number that was read.</summary>
    /// <exception cref="TrackingException">There is none.</exception>
    public long Number(string key) => FindNumber(key) ?? throw new TrackingException($"'{_path}' has no value for '{key}'; is it one of MLflow's?");

    /// <summary>A mapping of texts that was read; empty where there is none.</summary>
    public Dictionary<string, string> Mapping(string key) => _read.TryGetValue(key, out var node) && node is YamlMappingNode mapping
        ? mapping.Children.ToDictionary(c => Value(c.Key) ?? "", c => Value(c.Value) ?? "")
        : [];

    private void Take(string key, YamlNode node)
    {
        _read[key] = node;
        switch (node)
        {
            case YamlScalarNode scalar when Value(scalar) is { } text && !(scalar.Style == ScalarStyle.Plain && ReadsAsAnother().IsMatch(text)): Set(key, text); break;
            case YamlScalarNode scalar: _rendered[key] = Value(scalar) ?? "null"; break; // null, numbers and truth values stay what they are
            case YamlMappingNode: SetMapping(key, Mapping(key)); break;
            default: SetEmptyList(key); break;
        }
    }

    private static string? Value(YamlNode node) => node is not YamlScalarNode scalar || (scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "null" or "~" or "Null" or "NULL") ? null : scalar.Value;

    // Plain where no reader of YAML 1.1 can take it for anything but this text; else quoted.
    private static string Scalar(string value)
    {
        if (value.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF')) return Escaped(value);
        return Plain().IsMatch(value) && !ReadsAsAnother().IsMatch(value) ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Escaped(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_./](?:[\p{L}\p{N}_./+\-%@()=]|:(?! |\z)| (?![# ]|\z))*\z")]
    private static partial Regex Plain();

    // What YAML 1.1 takes for null, a truth value, a number (also of base 2, 8, 16 and 60), a date, or a merge.
    [GeneratedRegex(@"^(?:~|null|Null|NULL|[Yy]|[Nn]|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|=|<<|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?.*)\z")]
    private static partial Regex ReadsAsAnother();
}
