namespace LineRec.Data;

/// <summary>
/// Turns segments of the exposure log into Parquet, partitioned by day: date=2026-01-31/part-00000.parquet. Each request is in the log once, however often a compaction is stopped and run again:
/// requests that the log holds are recognised by their id, and segments are removed only when what they held is on the disk.
/// </summary>
/// <remarks>One at a time for an output folder, which is locked. Hosts may go on writing segments. Memory: 40 bytes for each request of the days concerned, and a row group a day.</remarks>
public static class ExposureCompaction
{
    private const string QuarantineFolder = "quarantine";
    private const string LockFile = ".lock";

    /// <summary>Compacts all finished segments, and those that dead writers left.</summary>
    /// <param name="segments">The folder that hosts write to.</param>
    /// <param name="log">The compacted log; made where it isn't there.</param>
    /// <param name="cancellationToken">Stops between batches; nothing is lost or doubled.</param>
    /// <exception cref="DirectoryNotFoundException">There is no folder of segments.</exception>
    /// <exception cref="IOException">Another compaction is at work, or the disk failed.</exception>
    /// <exception cref="InvalidDataException">A file of the log is damaged, so that it can't be told what it holds; the message names it.</exception>
    public static ExposureCompactionResult Run(string segments, string log, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(segments)) throw new DirectoryNotFoundException($"There is no folder '{segments}'. Name the folder that the host's exposure log writes to (ExposureLogOptions.Folder).");
        Directory.CreateDirectory(log);
        using var only = Lock(log);
        foreach (string left in Directory.EnumerateFiles(log, "*" + ExposureParquet.PartialExtension, SearchOption.AllDirectories).ToList()) File.Delete(left);
        ExposureSegments.TakeOver(segments);

        using var run = new ExposureCompactionRun(log);
        var (done, damaged) = (new List<string>(), new List<(string Path, string Reason)>());
        foreach (string segment in ExposureSegments.In(segments))
        {
            try
            {
                run.Add(segment, cancellationToken);
                done.Add(segment);
            }
            catch (ExposureDamageException e)
            {
                damaged.Add((segment, e.Message));
            }
        }

        run.Complete();

        // From here on the log holds all that could be read; stopped before the end, the next run finds every request there.
        foreach (string segment in done) File.Delete(segment);
        QuarantinedSegment[] quarantined = [.. damaged.Select(d => Quarantine(d.Path, d.Reason))];
        return new ExposureCompactionResult(done.Count + damaged.Count, run.Added, run.AlreadyThere, done.Count(s => s.EndsWith(ExposureSegments.CutExtension, StringComparison.Ordinal)), quarantined, run.Files);
    }

    private static FileStream Lock(string log)
    {
        try
        {
            return new FileStream(Path.Combine(log, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"Another compaction is at work in '{log}'. Wait for its end and try again.", e);
        }
    }

    private static QuarantinedSegment Quarantine(string segment, string reason)
    {
        string folder = Path.Combine(Path.GetDirectoryName(segment)!, QuarantineFolder);
        Directory.CreateDirectory(folder);
        string to = Path.Combine(folder, Path.GetFileName(segment));
        File.Move(segment, to, overwrite: true);
        return new QuarantinedSegment(to, reason);
    }
}
