namespace LineRec.PublicApi.Tests;

/// <summary>Where a package's built assembly and its approved public API lie.</summary>
/// <param name="Name">The package's name.</param>
internal sealed record Package(string Name)
{
    private static readonly string Root = FindRoot();

    // .../bin/Release/net10.0/ of this project names the configuration and framework that the packages were built in as well.
    private static readonly string Output = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name);

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static string ApprovedFolder => Path.Combine(Root, "tests", "LineRec.PublicApi.Tests", "Approved");

    public string Assembly => Path.Combine(Root, "src", Name, "bin", Output, Name + ".dll");

    public string Approved => Path.Combine(ApprovedFolder, Name + ".txt");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
