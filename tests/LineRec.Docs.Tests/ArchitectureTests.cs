using System.Text.RegularExpressions;

namespace LineRec.Docs.Tests;

/// <summary>docs/ARCHITECTURE.md walks src/ by folder, and misses none.</summary>
public class ArchitectureTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ARCHITECTURE.md"));

    public static TheoryData<string> Packages => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_folder_of_a_package_is_described(string package)
    {
        var section = Regex.Match(Text, $@"^### {Regex.Escape(package)}\n(.*?)(?=^##|\z)", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(section.Success && section.Groups[1].Value.Trim().Length > 0, $"docs/ARCHITECTURE.md says nothing under '### {package}'.");

        var described = Regex.Matches(section.Value, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", package))
            .Where(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories).Any()).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"));

        Assert.Equal(folders.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }
}
