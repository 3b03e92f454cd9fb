using System.Xml.Linq;

namespace LineRec.Architecture.Tests;

/// <summary>Rules of the source that no analyzer knows.</summary>
public class SourceRulesTests
{
    private const int MostLines = 500;

    [Fact]
    public void No_source_file_is_longer_than_the_house_allows() => Assert.Empty(
        Sources("src", "*.cs").Where(f => File.ReadLines(f).Count() > MostLines).Select(Relative));

    [Fact]
    public void Internals_of_a_package_are_visible_to_its_own_tests_only() => Assert.Empty(
        Sources("src", "*.csproj").Select(f => (File: f, Project: XDocument.Load(f)))
            .Where(f => f.Project.Descendants("InternalsVisibleTo").Any() && f.Project.Descendants("IsPackable").All(p => p.Value != "false"))
            .Select(f => Relative(f.File)));

    [Fact]
    public void Only_what_programs_of_this_repository_share_is_no_package() => Assert.Equal(
        ["src/LineRec.Recipes/LineRec.Recipes.csproj"],
        Sources("src", "*.csproj").Where(f => XDocument.Load(f).Descendants("IsPackable").Any(p => p.Value == "false")).Select(Relative));

    [Fact]
    public void Every_package_brings_a_readme_of_its_own() => Assert.Empty(
        Sources("src", "*.csproj").Where(f => new FileInfo(Path.Combine(Path.GetDirectoryName(f)!, "README.md")) is not { Exists: true, Length: > 400 }).Select(Relative));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "LineRec.sln")).Replace('\\', '/');
        var projects = new[] { "src", "tests", "benchmarks", "samples" }.SelectMany(f => Sources(f, "*.csproj")).Select(Relative)
            .Where(p => p.Split('/').Length == 3); // deeper ones are templates that a test copies elsewhere

        Assert.DoesNotContain(projects, p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !Relative(f).Contains("/obj/", StringComparison.Ordinal) && !Relative(f).Contains("/bin/", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
