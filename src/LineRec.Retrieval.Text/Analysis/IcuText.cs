using ICU4N.Text;

namespace LineRec.Retrieval.Text;

/// <summary>ICU4N's traditional-to-simplified rules, started once a process. ICU4N makes cultures when it starts, and fails for good where the host doesn't let it.</summary>
internal static class IcuText
{
    private static readonly Lazy<(Transliterator? Rules, Exception? Fault)> Started = new(Start);

    /// <summary>Why ICU can't be used; null where it can.</summary>
    public static Exception? Fault => Started.Value.Fault;

    /// <summary>A text with simplified characters for traditional ones. Thread-safe.</summary>
    public static string Simplify(string text) => Started.Value.Rules!.Transliterate(text);

    private static (Transliterator? Rules, Exception? Fault) Start()
    {
        try
        {
            return (Transliterator.GetInstance("Traditional-Simplified"), null);
        }
        catch (Exception e) when (e is TypeInitializationException or System.Globalization.CultureNotFoundException)
        {
            return (null, e);
        }
    }
}
