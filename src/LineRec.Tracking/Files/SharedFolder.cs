namespace LineRec.Tracking;

/// <summary>Folders that several processes create.</summary>
internal static class SharedFolder
{
    private const string LockFile = ".linerec.lock"; // MLflow looks at folders only

    /// <summary>Keeps other LineRec processes from creating experiments and model versions meanwhile.</summary>
    public static FileStream Lock(string root) => SharedFile.OpenAlone(Path.Combine(root, LockFile), FileMode.OpenOrCreate);

    /// <summary>Moves a folder to its place, or drops it where another process was first.</summary>
    public static void Move(string aside, string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.Move(aside, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            Directory.Delete(aside, recursive: true);
        }
    }
}
