using System.Text.RegularExpressions;

namespace LineRec.Docs.Tests;

/// <summary>Links between the pages lead somewhere.</summary>
public partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file() => Assert.Empty(Repository.Pages.SelectMany(p => Broken(p, File.ReadAllText(p))));

    [Fact]
    public void A_link_that_leads_nowhere_is_found()
    {
        string page = Path.Combine(Repository.Root, "README.md");

        Assert.Equal(["README.md: docs/nowhere.md"], Broken(page, "[a](docs/nowhere.md) [b](LICENSE) [c](https://semver.org) [d](#here)"));
    }

    private static IEnumerable<string> Broken(string page, string markdown) => Link().Matches(markdown)
        .Select(m => m.Groups[1].Value)
        .Where(l => !l.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, l)))
        .Select(l => $"{Path.GetRelativePath(Repository.Root, page)}: {l}");

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
