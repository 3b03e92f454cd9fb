using System.IO.Compression;
using System.Xml.Linq;
using LineRec.TinyShop;

namespace LineRec.PackageSmoke.Tests;

/// <summary>The packages as a newcomer meets them: packed, installed into an empty app elsewhere, run.</summary>
public class PackageSmokeTests
{
    [Fact]
    public async Task An_app_that_installs_the_packed_packages_serves_a_slate()
    {
        using var folder = new SmokeFolder();
        await folder.PackAsync();
        foreach (string package in SmokeFolder.Packages) AssertComplete(folder, package);
        AssertNative(folder);

        folder.CreateApp();
        await DotNet.RunAsync(
            folder.App, "build", "-c", "Release", "-nologo", "-v", "quiet", $"-p:LineRecVersion={folder.Version}", $"-p:RestorePackagesPath={folder.Cache}");

        // What the app is compiled against came from its own cache, out of the packages just packed.
        Assert.True(Directory.Exists(Path.Combine(folder.Cache, "linerec.ranking", folder.Version)));
        Assert.True(Directory.Exists(Path.Combine(folder.Cache, "microsoft.ml.onnxruntime")));

        TinyBundle.Publish(folder.Bundle, "1", "home");
        string printed = await DotNet.RunAsync(folder.App, Path.Combine("bin", "Release", "net10.0", "App.dll"), folder.Bundle);

        Assert.DoesNotContain("degraded: ", printed, StringComparison.Ordinal);
        string slate = Assert.Single(printed.Split('\n'), l => l.StartsWith("slate: ", StringComparison.Ordinal));
        string[] items = slate.Trim()["slate: ".Length..].Split(' ');
        Assert.Contains("faiss: 2 1", printed, StringComparison.Ordinal);
        Assert.Equal(12, items.Length);
        Assert.Equal(12, items.Where(i => i.StartsWith("item-", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task A_shell_that_installs_the_packed_tool_makes_a_bundle()
    {
        using var folder = new SmokeFolder();
        await folder.PackToolAsync();
        await DotNet.RunAsync(folder.Work, "tool", "install", "LineRec.Cli", "--version", folder.Version, "--tool-path", folder.Tools, "--source", folder.Packed);
        string linerec = Path.Combine(folder.Tools, "linerec");

        await DotNet.RunToolAsync(linerec, folder.Work, "simulate", "--out", "log", "--days", "5", "--users", "150", "--items", "120");
        string printed = await DotNet.RunToolAsync(linerec, folder.Work, "pipeline", "run", "--data", "log", "--out", "shop");

        Assert.Contains("published ", printed, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Work, "shop", "bundles"), "*.onnx", SearchOption.AllDirectories));
    }

    /// <summary>FAISS's library and what it needs are packed where the runtime looks for them, once.</summary>
    private static void AssertNative(SmokeFolder folder)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(folder.Packed, $"LineRec.Retrieval.Faiss.{folder.Version}.nupkg"));
        string[] native = [.. zip.Entries.Select(e => e.FullName).Where(n => n.Contains(".so", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.True(native.Length > 0, "The package has no native library: bash eng/native.sh builds it, then build anew.");
        Assert.Equal(["runtimes/linux-x64/native/libfaiss_c.so", "runtimes/linux-x64/native/libgomp.so.1"], native);
    }

    /// <summary>A package carries its assembly, its documentation, its README and licence, and has a symbol package beside it.</summary>
    private static void AssertComplete(SmokeFolder folder, string package)
    {
        string file = Path.Combine(folder.Packed, $"{package}.{folder.Version}.nupkg");
        using var zip = ZipFile.OpenRead(file);
        var names = zip.Entries.Select(e => e.FullName).ToHashSet();
        Assert.Superset(new HashSet<string> { $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml", "README.md", $"{package}.nuspec" }, names);

        using var stream = zip.GetEntry($"{package}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        Assert.Equal("MIT", metadata.Elements().Single(e => e.Name.LocalName == "license").Value);
        Assert.Equal("README.md", metadata.Elements().Single(e => e.Name.LocalName == "readme").Value);

        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(file, ".snupkg"));
        Assert.Contains(symbols.Entries, e => e.FullName == $"lib/net10.0/{package}.pdb");
    }
}
