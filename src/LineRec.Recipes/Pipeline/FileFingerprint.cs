using System.Security.Cryptography;
using System.Text;

namespace LineRec.Recipes;

/// <summary>SHA-256 of files and of lists of them, as hexadecimal digits.</summary>
internal static class FileFingerprint
{
    /// <summary>The hash of a file's bytes. O(bytes).</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The hash of a file's length and its last 64 KiB, which in a Parquet file tell what is where in it. O(1).</summary>
    public static string OfEnd(string path)
    {
        const int End = 1 << 16;
        using var stream = File.OpenRead(path);
        byte[] end = new byte[Math.Min(End, stream.Length)];
        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        return OfText($"{stream.Length} {Convert.ToHexStringLower(SHA256.HashData(end))}");
    }

    /// <summary>The hash of a text.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of names and hashes, whatever their order.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> files) =>
        OfText(string.Concat(files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} {f.Key}\n")));

    /// <summary>The files of a folder at any depth: paths in it, with '/', and hashes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">A path that isn't looked at.</param>
    public static SortedDictionary<string, string> OfFolder(string folder, string except)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name != except) files.Add(name, Of(path));
        }

        return files;
    }
}
