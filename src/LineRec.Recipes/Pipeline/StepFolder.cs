namespace LineRec.Recipes;

/// <summary>Where one step's outputs of one date lie. They appear at once, with their record, when the step has ended.</summary>
/// <remarks>One writer at a time: <see cref="RunLock"/>.</remarks>
internal sealed class StepFolder(PipelineRun run, string step)
{
    private const string MakingPrefix = ".making-", OldPrefix = ".old-", CheckpointsPrefix = ".checkpoints-";
    private const int HashDigits = 16;

    /// <summary>The folder.</summary>
    public string Directory { get; } = Path.Combine(run.Folder, step);

    private string RecordFile => Path.Combine(Directory, StepRecord.FileName);

    /// <summary>The record; null where the step was never finished.</summary>
    public StepRecord? ReadRecord()
    {
        try
        {
            return File.Exists(RecordFile) ? RecipeJson.Read<StepRecord>(RecordFile) : null;
        }
        catch (InvalidDataException)
        {
            return null; // a damaged record vouches for nothing: the step is made again
        }
    }

    /// <summary>What is wrong with the outputs; null where they are what was recorded. O(bytes).</summary>
    public string? FindDamage(StepRecord record)
    {
        var found = FileFingerprint.OfFolder(Directory, StepRecord.FileName);
        foreach (var (name, hash) in record.Outputs)
        {
            if (!found.TryGetValue(name, out string? now)) return $"{name} is missing";
            if (now != hash) return $"{name} was changed";
        }

        return found.Keys.FirstOrDefault(f => !record.Outputs.ContainsKey(f)) is { } extra ? $"{extra} was added" : null;
    }

    /// <summary>Where the step keeps its trainings' checkpoints and what they learn from until it has ended: a folder of its own for other inputs, so that no training goes on from those of another.</summary>
    /// <param name="inputs">What the step is made from.</param>
    public string CheckpointsOf(IReadOnlyDictionary<string, string> inputs) => Path.Combine(run.Folder, $"{CheckpointsPrefix}{step}-{FileFingerprint.Of(inputs)[..HashDigits]}");

    /// <summary>Removes what runs left aside.</summary>
    /// <param name="except">A folder that stays; null: none does.</param>
    public void RemoveLeftovers(string? except = null)
    {
        System.IO.Directory.CreateDirectory(run.Folder);
        foreach (string prefix in new[] { MakingPrefix, OldPrefix, CheckpointsPrefix })
        {
            foreach (string left in System.IO.Directory.EnumerateDirectories(run.Folder, $"{prefix}{step}-*").Where(d => d != except)) System.IO.Directory.Delete(left, recursive: true);
        }
    }

    /// <summary>Starts a folder aside.</summary>
    public string Begin() => System.IO.Directory.CreateDirectory(Aside(MakingPrefix)).FullName;

    /// <summary>Puts a folder that <see cref="Begin"/> gave into its place.</summary>
    /// <param name="making">The folder.</param>
    /// <param name="record">The record; its outputs are read from the folder.</param>
    public StepRecord Commit(string making, StepRecord record)
    {
        record = record with { Outputs = FileFingerprint.OfFolder(making, StepRecord.FileName) };
        RecipeJson.Write(Path.Combine(making, StepRecord.FileName), record);
        string old = Aside(OldPrefix);
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Move(Directory, old);
        System.IO.Directory.Move(making, Directory); // killed before this, the step counts as never finished
        if (System.IO.Directory.Exists(old)) System.IO.Directory.Delete(old, recursive: true);
        return record;
    }

    private string Aside(string prefix) => Path.Combine(run.Folder, $"{prefix}{step}-{Guid.NewGuid():N}");
}
