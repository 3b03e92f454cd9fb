namespace LineRec.Training;

/// <summary>The checkpoints of one training: last.ckpt, previous.ckpt (the one before) and best.ckpt.</summary>
/// <remarks>A file is written aside, onto the disk, and renamed, so that each is whole whenever the process or the machine ends. For one process at a time.</remarks>
internal sealed class CheckpointFolder(string folder)
{
    private const int BufferBytes = 1 << 20;

    public string Last { get; } = Path.Combine(folder, "last.ckpt");

    private string Previous => Path.Combine(folder, "previous.ckpt");

    private string Best => Path.Combine(folder, "best.ckpt");

    public void SaveLast(Action<TrainingState> exchange)
    {
        string aside = WriteAside(exchange);
        if (File.Exists(Last)) File.Move(Last, Previous, overwrite: true);
        File.Move(aside, Last, overwrite: true);
    }

    public void SaveBest(Action<TrainingState> exchange) => File.Move(WriteAside(exchange), Best, overwrite: true);

    /// <summary>Forgets the checkpoints of an earlier training.</summary>
    public void Clear()
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in new[] { Previous, Best, Last }) File.Delete(path);
    }

    /// <summary>Opens the last whole checkpoint.</summary>
    /// <param name="refused">Receives what was wrong with a later one.</param>
    /// <returns>The checkpoint, or null where there is none.</returns>
    /// <exception cref="InvalidDataException">There are some, and all are damaged.</exception>
    public CheckpointReader? OpenLast(ICollection<string> refused)
    {
        foreach (string path in new[] { Last, Previous })
        {
            if (!File.Exists(path)) continue;
            try
            {
                return new CheckpointReader(path);
            }
            catch (InvalidDataException e)
            {
                refused.Add(e.Message);
            }
        }

        return refused.Count == 0 ? null : throw new InvalidDataException($"The training can't go on: {string.Join(' ', refused)} Delete '{folder}' to start anew, or put a whole checkpoint there as last.ckpt.");
    }

    private string WriteAside(Action<TrainingState> exchange)
    {
        string aside = Path.Combine(Directory.CreateDirectory(folder).FullName, "checkpoint.tmp");
        using var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        var writer = new CheckpointWriter(file);
        exchange(writer);
        writer.End();
        file.Flush(flushToDisk: true);
        return aside;
    }
}
