using System.Text;

namespace LineRec;

/// <summary>
/// A folder of bundle versions: a folder each, and the file <c>current</c> that names the one to serve. Old versions stay until somebody
/// deletes them, so going back is naming an old one.
/// </summary>
/// <remarks>Safe to use from several processes at once: each change is one rename.</remarks>
public static class BundleRoot
{
    /// <summary>Finds the bundle to serve.</summary>
    /// <param name="path">A bundle root, or a bundle's own folder.</param>
    /// <returns>The bundle's folder.</returns>
    /// <exception cref="BundleException">There is neither; or <c>current</c> names a version that isn't there.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(Path.Combine(path, BundleDefaults.ManifestFile))) return path;
        if (GetCurrent(path) is not { } version)
        {
            throw new BundleException(path, BundleDefaults.CurrentFile, Directory.Exists(path)
                ? $"the folder has neither a '{BundleDefaults.ManifestFile}' (a bundle) nor a '{BundleDefaults.CurrentFile}' (a bundle root)."
                : "the folder doesn't exist.", "Publish a bundle there, or correct the path.");
        }

        string bundle = Path.Combine(path, version);
        if (!Directory.Exists(bundle))
            throw new BundleException(path, BundleDefaults.CurrentFile, $"it names version '{version}', which isn't there.", "Publish that version, or make another one current.");
        return bundle;
    }

    /// <summary>The version that is current, or null where the folder isn't a bundle root or nothing was published.</summary>
    /// <param name="root">The bundle root.</param>
    /// <exception cref="BundleException">The file <c>current</c> doesn't hold a version.</exception>
    public static string? GetCurrent(string root)
    {
        string text;
        try
        {
            text = File.ReadAllText(Path.Combine(root, BundleDefaults.CurrentFile)).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (!BundleNames.IsVersion(text))
            throw new BundleException(root, BundleDefaults.CurrentFile, $"it holds '{(text.Length > 100 ? text[..100] + "…" : text)}', which isn't a version.", BundleNames.VersionRule);
        return text;
    }

    /// <summary>Makes a published version the current one: to go back to an older one, say. Hosts follow at their next look.</summary>
    /// <param name="root">The bundle root.</param>
    /// <param name="version">A version in it.</param>
    /// <exception cref="BundleException">The root has no such version.</exception>
    public static void SetCurrent(string root, string version)
    {
        if (!BundleNames.IsVersion(version) || !File.Exists(Path.Combine(root, version, BundleDefaults.ManifestFile)))
            throw new BundleException(root, BundleDefaults.CurrentFile, $"'{version}' isn't a published version.", $"Published are: {string.Join(", ", GetVersions(root))}.");
        DurableFile.Replace(Path.Combine(root, BundleDefaults.CurrentFile), Encoding.UTF8.GetBytes(version + "\n"));
    }

    /// <summary>The published versions, in ordinal order.</summary>
    /// <param name="root">The bundle root.</param>
    public static IReadOnlyList<string> GetVersions(string root)
    {
        if (!Directory.Exists(root)) return [];
        return [.. Directory.EnumerateDirectories(root).Select(d => Path.GetFileName(d))
            .Where(v => BundleNames.IsVersion(v) && File.Exists(Path.Combine(root, v, BundleDefaults.ManifestFile)))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Deletes what writers that crashed left behind. Readers never look at it.</summary>
    /// <param name="root">The bundle root.</param>
    /// <param name="before">Only staging folders last changed before this instant go: a writer may still be at work in a newer one.</param>
    /// <returns>How many were deleted.</returns>
    public static int RemoveLeftovers(string root, DateTimeOffset before)
    {
        if (!Directory.Exists(root)) return 0;
        int removed = 0;
        foreach (string folder in Directory.EnumerateDirectories(root, BundleDefaults.StagingPrefix + "*").ToList())
        {
            if (Directory.GetLastWriteTimeUtc(folder) >= before.UtcDateTime) continue;
            Directory.Delete(folder, recursive: true);
            removed++;
        }

        return removed;
    }
}
