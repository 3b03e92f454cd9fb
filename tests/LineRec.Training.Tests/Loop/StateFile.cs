namespace LineRec.Training.Tests;

/// <summary>A checkpoint of some values in a temporary file.</summary>
internal sealed class StateFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-state-");

    public StateFile(Action<TrainingState> exchange)
    {
        using var file = File.Create(Path);
        var writer = new CheckpointWriter(file);
        exchange(writer);
        writer.End();
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "a.ckpt");

    public void Restore(Action<TrainingState> exchange)
    {
        using var reader = new CheckpointReader(Path);
        exchange(reader);
        reader.RequireAllRead();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
