namespace LineRec.Recipes;

/// <summary>Keeps two processes from working in one folder at once. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private const string FileName = ".lock";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="RecipeException">Another process has it.</exception>
    public static RunLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new RunLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new RecipeException(RecipeFault.NotReady, $"Another run is at work in '{folder}'. Wait for its end and try again.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
