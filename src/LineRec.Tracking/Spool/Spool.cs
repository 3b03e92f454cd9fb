using System.Globalization;
using System.Text.Json;

namespace LineRec.Tracking;

/// <summary>
/// A folder of writes that wait, one a file, sent in the order of their numbers:
/// <code>
/// 000000000001.json        waits; 000000000001.begun.json: was sent, perhaps in vain
/// files/…                  copies of artefacts
/// runs/KEY                 the server's id of a run that was started offline
/// refused/…                what the server refused for good, with its reason beside it
/// </code>
/// </summary>
/// <remarks>One process at a time: the folder is locked until it is disposed. Not thread-safe.</remarks>
internal sealed class Spool : IDisposable
{
    /// <summary>How the ids of runs start that wait to be created.</summary>
    public const string RunPrefix = "spooled-";

    private const string Begun = ".begun.json", Waiting = ".json", LockFile = "lock";
    private readonly string _folder, _files, _runs, _refused;
    private readonly FileStream _lock;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private long _last;

    /// <exception cref="TrackingException">Another process uses the folder.</exception>
    public Spool(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        (_files, _runs, _refused) = (Path.Combine(_folder, "files"), Path.Combine(_folder, "runs"), Path.Combine(_folder, "refused"));
        try
        {
            _lock = new FileStream(Path.Combine(_folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new TrackingException($"The spool folder '{_folder}' is used by another tracker. Give each process a TrackingOptions.SpoolFolder of its own.", e);
        }

        foreach (string file in Directory.EnumerateFiles(_folder, "*" + Waiting)) _names.Add(Path.GetFileName(file));
        var refused = Directory.Exists(_refused) ? Directory.EnumerateFiles(_refused, "*" + Waiting).Select(f => Path.GetFileName(f)) : [];
        _last = _names.Concat(refused).Select(n => long.Parse(n.AsSpan(0, n.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
    }

    public int Count => _names.Count;

    /// <summary>Adds a write at the end. An artefact's file is copied: it may change before it is sent.</summary>
    public void Add(TrackingWrite write, bool mayBeDone)
    {
        string number = (++_last).ToString("D12", CultureInfo.InvariantCulture);
        if (write is LogArtifact artifact)
        {
            string copy = Path.Combine(Directory.CreateDirectory(_files).FullName, number);
            File.Copy(artifact.File, copy, overwrite: true);
            write = artifact with { File = copy };
        }

        string name = number + (mayBeDone ? Begun : Waiting);
        SharedFile.Write(Path.Combine(_folder, name), JsonSerializer.Serialize(write, SpoolJson.Default.TrackingWrite), _folder);
        _names.Add(name);
    }

    /// <summary>The first write that waits.</summary>
    /// <exception cref="TrackingException">Its file is damaged.</exception>
    public SpooledWrite First()
    {
        string file = Path.Combine(_folder, _names.Min!);
        try
        {
            return new SpooledWrite(file, JsonSerializer.Deserialize(SharedFile.Read(file), SpoolJson.Default.TrackingWrite)!, file.EndsWith(Begun, StringComparison.Ordinal));
        }
        catch (JsonException e)
        {
            throw new TrackingException($"'{file}' isn't a write of this spool: {e.Message} Delete it to go on with the next.", e);
        }
    }

    /// <summary>Notes that a write is about to be sent: should this process end now, the next one looks whether it arrived.</summary>
    public SpooledWrite Begin(SpooledWrite write)
    {
        if (write.MayBeDone) return write;
        string begun = string.Concat(write.File.AsSpan(0, write.File.Length - Waiting.Length), Begun);
        File.Move(write.File, begun);
        _names.Remove(Path.GetFileName(write.File));
        _names.Add(Path.GetFileName(begun));
        return write with { File = begun };
    }

    /// <summary>Drops a write that has arrived.</summary>
    public void Done(SpooledWrite write)
    {
        File.Delete(write.File);
        _names.Remove(Path.GetFileName(write.File));
        if (write.Write is LogArtifact artifact) File.Delete(artifact.File);
    }

    /// <summary>Puts a write aside that won't ever arrive.</summary>
    public void Refuse(SpooledWrite write, string reason)
    {
        string place = Path.Combine(Directory.CreateDirectory(_refused).FullName, Path.GetFileName(write.File));
        SharedFile.Write(place + ".txt", reason, _refused);
        File.Move(write.File, place, overwrite: true);
        _names.Remove(Path.GetFileName(write.File));
    }

    /// <summary>Keeps the server's id of a run that was started offline.</summary>
    public void SetRun(string key, string runId) => SharedFile.Write(Path.Combine(_runs, key), runId, _folder);

    /// <summary>The server's id of a run: its own, or that of a run that was started offline; null where that isn't created yet.</summary>
    public string? FindRun(string runId)
    {
        if (!runId.StartsWith(RunPrefix, StringComparison.Ordinal)) return runId;
        string file = Path.Combine(_runs, runId[RunPrefix.Length..]);
        return File.Exists(file) ? SharedFile.Read(file) : null;
    }

    public void Dispose() => _lock.Dispose();
}
