using System.Collections;
using System.Globalization;
using System.Reflection;

namespace LineRec.Training;

/// <summary>Options as parameters of a run: one a property, "Outer.Inner" for options within options.</summary>
internal static class OptionParams
{
    private const int LongestValue = 500; // what MLflow servers before 2.10 take

    /// <summary>Options with long values cut, as a server takes them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(object options) => Whole(options).Select(p => new KeyValuePair<string, string>(p.Key, Short(p.Value)));

    /// <summary>Options with their whole values.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Whole(object options) => Whole(options, "");

    private static IEnumerable<KeyValuePair<string, string>> Whole(object options, string prefix)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            string name = prefix + property.Name;
            switch (property.GetValue(options))
            {
                case Delegate: break; // code isn't a parameter
                case { } inner when IsOptions(inner.GetType()):
                    foreach (var one in Whole(inner, name + ".")) yield return one;
                    break;
                case var value: yield return new(name, Text(value)); break;
            }
        }
    }

    private static bool IsOptions(Type type) => type.IsClass && type.Namespace?.StartsWith(nameof(LineRec), StringComparison.Ordinal) == true && !typeof(IEnumerable).IsAssignableFrom(type);

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IDictionary pairs => string.Join(", ", pairs.Keys.Cast<object>().Select(k => $"{Text(k)}={Text(pairs[k])}")),
        IEnumerable values => string.Join(", ", values.Cast<object?>().Select(Text)),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..(LongestValue - 1)] + "…";
}
