namespace LineRec.PackageSmoke.Tests;

/// <summary>A folder outside the repository with the packed packages, an empty app and the app's own package cache.</summary>
internal sealed class SmokeFolder : IDisposable
{
    /// <summary>The packages that a serving host loads; what they need of each other is packed with them.</summary>
    public static readonly string[] Packages =
        ["LineRec.Abstractions", "LineRec", "LineRec.Retrieval", "LineRec.Retrieval.Faiss", "LineRec.Features", "LineRec.Onnx", "LineRec.Ranking", "LineRec.Rerank"];

    private readonly string _root = Directory.CreateTempSubdirectory("linerec-smoke-").FullName;

    /// <summary>A version that no cache can hold.</summary>
    public string Version { get; } = $"0.0.0-smoke.{Guid.NewGuid():N}";

    public string App => Path.Combine(_root, "app");

    public string Cache => Path.Combine(_root, "cache");

    public string Tools => Path.Combine(_root, "tools");

    /// <summary>A folder to run a tool in.</summary>
    public string Work => Directory.CreateDirectory(Path.Combine(_root, "work")).FullName;

    public string Bundle => Path.Combine(_root, "bundle");

    public string Packed => Path.Combine(_root, "packages");

    /// <summary>Packs the serving packages as they were built.</summary>
    public async Task PackAsync()
    {
        string repository = FindRepository();
        string projects = string.Join(", ", Packages.Select(p => $"\"src/{p}/{p}.csproj\""));
        string filter = Path.Combine(_root, "serving.slnf");
        await File.WriteAllTextAsync(filter, $$"""{ "solution": { "path": "{{repository}}/LineRec.sln", "projects": [ {{projects}} ] } }""");
        await DotNet.RunAsync(repository, "pack", filter, "--no-build", "-c", Configuration, $"-p:Version={Version}", $"-p:NuspecOutputPath={Path.Combine(_root, "nuspec")}", "-o", Packed, "-nologo", "-v", "quiet");
    }

    /// <summary>Packs the tool, which is built for its platform on the way. Only the package has the version: what was built of the repository stays as it is.</summary>
    public async Task PackToolAsync() => await DotNet.RunAsync(
        FindRepository(), "pack", Path.Combine("src", "LineRec.Cli"), "-c", Configuration, "-p:BuildProjectReferences=false", $"-p:PackageVersion={Version}", "-o", Packed, "-nologo", "-v", "quiet");

    /// <summary>Makes the app: its files, its sources (the packed packages and whatever the machine uses) and its own cache.</summary>
    public void CreateApp()
    {
        Directory.CreateDirectory(App);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "App")))
            File.Copy(file, Path.Combine(App, Path.GetFileName(file)));

        // The machine's cache is a source like any other: it saves the download of packages that aren't ours, whose versions it holds.
        string machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string second = Directory.Exists(machine) ? $"<add key=\"machine\" value=\"{machine}\" />" : "";
        File.WriteAllText(Path.Combine(App, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Packed}" />
                {second}
              </packageSources>
            </configuration>
            """);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // .../bin/Release/net10.0/

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
