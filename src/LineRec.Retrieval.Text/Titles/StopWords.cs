using System.Collections.Frozen;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Words that say nothing beside others. They are in the index like any word, and are left out of a query only where something else
/// remains: "the who" is a search too.
/// </summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = new[]
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or", "such", "that", "the", "their", "then",
        "there", "these", "they", "this", "to", "was", "will", "with", "的", "了", "和", "与", "與", "是", "在", "及", "之",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes stop words out, unless nothing would be left.</summary>
    public static void Drop(List<TextUnit> units)
    {
        if (units.Exists(u => !All.Contains(u.Word))) units.RemoveAll(u => All.Contains(u.Word));
    }
}
