namespace LineRec;

/// <summary>
/// How the files of an exposure log are named. A segment that is being written ends in ".arrows.open" and is locked by its writer; when it is finished it is renamed to
/// ".arrows". What a dead writer left is taken over as ".cut.arrows": its end may be missing.
/// </summary>
public static class ExposureSegments
{
    /// <summary>The end of a segment's name.</summary>
    public const string Extension = ".arrows";

    /// <summary>The end of the name of a segment that is being written.</summary>
    public const string OpenExtension = ".arrows.open";

    /// <summary>The end of the name of a segment that its writer didn't finish.</summary>
    public const string CutExtension = ".cut.arrows";

    /// <summary>Finished segments of a folder, in ordinal order of their path, which begins with the time that they were begun at.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Where(f => f.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Takes over what dead writers left in a folder: the system let go of their locks. Safe while others write, and take over, in the same folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>How many segments were taken over.</returns>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public static int TakeOver(string folder)
    {
        int taken = 0;
        foreach (string open in Directory.EnumerateFiles(folder, "*" + OpenExtension).ToList())
        {
            if (!IsLeft(open)) continue;
            try
            {
                File.Move(open, open[..^OpenExtension.Length] + CutExtension);
                taken++;
            }
            catch (FileNotFoundException)
            {
                // Another one was faster.
            }
        }

        return taken;
    }

    private static bool IsLeft(string open)
    {
        try
        {
            using var file = new FileStream(open, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // its writer lives, or it isn't ours to take
        }
    }
}
