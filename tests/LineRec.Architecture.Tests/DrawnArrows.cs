using System.Text.RegularExpressions;

namespace LineRec.Architecture.Tests;

/// <summary>Reads the arrows that docs/ARCHITECTURE.md draws: the mermaid lines "A --&gt; B", A references B.</summary>
internal static partial class DrawnArrows
{
    public static IReadOnlySet<(string From, string To)> Read(string markdown)
    {
        var block = ArrowBlock().Match(markdown);
        if (!block.Success) throw new InvalidDataException("docs/ARCHITECTURE.md has no mermaid block that starts with '%% package arrows'.");
        return Arrow().Matches(block.Value).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToHashSet();
    }

    [GeneratedRegex(@"```mermaid\s*\n%% package arrows.*?```", RegexOptions.Singleline)]
    private static partial Regex ArrowBlock();

    [GeneratedRegex(@"^\s*(LineRec[\w.]*) --> (LineRec[\w.]*)\s*$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
