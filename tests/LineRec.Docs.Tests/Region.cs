using System.Text.RegularExpressions;

namespace LineRec.Docs.Tests;

/// <summary>A region of Snippets/*.cs or of a sample: what a page may show.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its lines without their common indentation.</param>
internal sealed partial record Region(string Name, string Text)
{
    public static IReadOnlyDictionary<string, Region> All { get; } = new[] { Path.Combine("tests", "LineRec.Docs.Tests", "Snippets"), "samples" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(f => In(File.ReadAllText(f)))
        .ToDictionary(r => r.Name);

    /// <summary>Finds the regions of a source file.</summary>
    public static IEnumerable<Region> In(string source) => Pattern().Matches(source).Select(m => new Region(m.Groups[1].Value, Unindent(m.Groups[2].Value)));

    private static string Unindent(string text)
    {
        string[] lines = text.TrimEnd().Split('\n');
        int indent = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Concat(lines.Select(l => (l.Length > indent ? l[indent..] : "").TrimEnd() + "\n"));
    }

    [GeneratedRegex(@"^ *#region ([\w-]+)\n(.*?)^ *#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
