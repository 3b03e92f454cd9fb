namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>Names of files that no other test uses.</summary>
internal static class TempFile
{
    public static string Path(string name) => System.IO.Path.Combine(Directory.CreateTempSubdirectory("linerec-").FullName, name);
}
