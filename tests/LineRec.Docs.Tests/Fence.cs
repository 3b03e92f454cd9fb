using System.Text.RegularExpressions;

namespace LineRec.Docs.Tests;

/// <summary>A fenced C# block of a page.</summary>
/// <param name="Snippet">The region that it shows, from the line above it; null where there is none.</param>
/// <param name="Text">Its text, each line ended.</param>
/// <param name="Start">Where the text starts in the page.</param>
internal sealed partial record Fence(string? Snippet, string Text, int Start)
{
    /// <summary>Finds the C# blocks of a page: "[snippet]: # (name)", which no renderer shows, then "```csharp".</summary>
    public static IReadOnlyList<Fence> In(string markdown) =>
        [.. Pattern().Matches(markdown).Select(m => new Fence(m.Groups[1].Success ? m.Groups[1].Value : null, m.Groups[2].Value, m.Groups[2].Index))];

    [GeneratedRegex(@"(?:\[snippet\]: # \(([\w-]+)\)\n)?```(?:csharp|cs|C#)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
