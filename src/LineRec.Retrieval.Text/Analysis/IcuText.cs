using ICU4N.Text;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Simplified characters for traditional ones, by ICU4N's rules, which are asked once a process for each character: a title
/// takes a hundred microseconds by rules and none by a table. Starting takes about a second. ICU4N makes cultures when it starts, and fails for good where the host doesn't let it.
/// </summary>
internal static class IcuText
{
    private static readonly Lazy<(char[]? Table, Exception? Fault)> Started = new(Start);

    /// <summary>Why ICU can't be used; null where it can.</summary>
    public static Exception? Fault => Started.Value.Fault;

    /// <summary>The simplified character of each character; most are themselves.</summary>
    public static char[] Simplified => Started.Value.Table!;

    private static (char[]? Table, Exception? Fault) Start()
    {
        try
        {
            var rules = Transliterator.GetInstance("Traditional-Simplified");
            var table = new char[char.MaxValue + 1];
            for (int c = 0; c < table.Length; c++)
            {
                table[c] = (char)c;
                if (TextScripts.IsChinese((char)c) && rules.Transliterate(((char)c).ToString()) is [var simplified]) table[c] = simplified;
            }

            return (table, null);
        }
        catch (Exception e) when (e is TypeInitializationException or System.Globalization.CultureNotFoundException)
        {
            return (null, e);
        }
    }
}
