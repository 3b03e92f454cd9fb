using System.Text;

namespace LineRec.Recipes;

/// <summary>Text files that are replaced at once: a reader sees the old one or the new one, also after a kill.</summary>
internal static class TextFile
{
    /// <summary>Writes a file aside and puts it into its place.</summary>
    public static void Replace(string path, string text) => DurableFile.Replace(path, Encoding.UTF8.GetBytes(text));
}
