using System.Text.Json;

namespace LineRec.Architecture.Tests;

/// <summary>What NuGet resolved for a project, all that comes with its references included.</summary>
internal static class ResolvedPackages
{
    /// <summary>The names of the packages that a project of src/ loads at run time, from obj/project.assets.json.</summary>
    public static IReadOnlyList<string> Of(string project)
    {
        string file = Path.Combine(Repository.Root, "src", project, "obj", "project.assets.json");
        using var assets = JsonDocument.Parse(File.ReadAllBytes(file));
        var target = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        return [.. target.EnumerateObject()
            .Where(l => l.Value.GetProperty("type").GetString() == "package" && (l.Value.TryGetProperty("runtime", out _) || l.Value.TryGetProperty("runtimeTargets", out _)))
            .Select(l => l.Name.Split('/')[0])];
    }
}
