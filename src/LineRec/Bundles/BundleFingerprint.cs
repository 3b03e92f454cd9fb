using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace LineRec;

/// <summary>
/// The hashes of the bundle format: XxHash128, seed 0, as 32 lower-case hexadecimal digits. It finds damage and mix-ups, not forgery:
/// only load bundles that you trust.
/// </summary>
internal static class BundleFingerprint
{
    /// <summary>
    /// The hash of these lines in UTF-8, each ended by a line feed, fields parted by tabs, names in ordinal order, a missing field empty:
    /// "format n", "version v", "created ms" (since 1970), "file name size hash" each, "model name file output fingerprint" each,
    /// followed by its inputs as "input name kind width table block".
    /// </summary>
    public static string Of(BundleManifest manifest)
    {
        var text = new StringBuilder();
        Line(text, "format", manifest.FormatVersion);
        Line(text, "version", manifest.Version);
        Line(text, "created", manifest.Created.ToUnixTimeMilliseconds());
        foreach (var (name, file) in manifest.Files.OrderBy(f => f.Key, StringComparer.Ordinal)) Line(text, "file", name, file.Size, file.Hash);
        foreach (var (name, model) in manifest.Models.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Line(text, "model", name, model.File, model.Output, model.Fingerprint);
            foreach (var input in model.Inputs)
                Line(text, "input", input.Name, input.Kind.ToString().ToLowerInvariant(), input.Width, input.Table ?? "", input.Block ?? "");
        }

        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The hash of a catalog's item ids, in order, each ended by a line feed. What is aligned with the catalog's rows names it.</summary>
    public static string Of(Catalog catalog)
    {
        var hash = new XxHash128();
        byte[] buffer = new byte[256];
        foreach (string id in catalog.Ids)
        {
            int needed = Encoding.UTF8.GetMaxByteCount(id.Length) + 1;
            if (buffer.Length < needed) buffer = new byte[needed];
            int length = Encoding.UTF8.GetBytes(id, buffer);
            buffer[length] = (byte)'\n';
            hash.Append(buffer.AsSpan(0, length + 1));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public static string OfFile(string path)
    {
        var hash = new XxHash128();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        byte[] buffer = new byte[1 << 20];
        int got;
        while ((got = stream.Read(buffer)) > 0) hash.Append(buffer.AsSpan(0, got));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<object> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0) text.Append('\t');
            text.Append(CultureInfo.InvariantCulture, $"{fields[i]}");
        }

        text.Append('\n');
    }
}
