namespace LineRec.Docs.Tests;

/// <summary>Finds the repository and its pages.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>README.md, CONTRIBUTING.md, CHANGELOG.md, all of docs/, and the README of each package.</summary>
    public static IEnumerable<string> Pages =>
    [
        .. Directory.GetFiles(Root, "*.md"),
        .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => Path.Combine(d, "README.md")).Where(File.Exists),
    ];

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
