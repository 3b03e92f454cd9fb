namespace LineRec;

/// <summary>Which names a version and a file of a bundle may have, so that none points outside its folder.</summary>
internal static class BundleNames
{
    public const string VersionRule = "A version is 1 to 100 letters, digits, '.', '_' or '-', and begins with a letter or digit.";

    public static bool IsVersion(string version)
    {
        if (version.Length is 0 or > 100 || !char.IsAsciiLetterOrDigit(version[0]) || version == BundleDefaults.CurrentFile) return false;
        foreach (char c in version)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) return false;
        }

        return true;
    }

    public static bool IsFile(string name)
    {
        if (name.Length is 0 or > 400) return false;
        foreach (string segment in name.Split('/'))
        {
            // Hidden names ("..", ".", ".x") are out, and so is what another system reads as a drive or a separator.
            if (segment.Length == 0 || segment[0] == '.' || segment.AsSpan().IndexOfAny('\\', ':') >= 0) return false;
            foreach (char c in segment)
            {
                if (char.IsControl(c)) return false;
            }
        }

        return true;
    }
}
