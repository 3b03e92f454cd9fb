namespace LineRec.Preparation;

/// <summary>A file under another name until it is complete.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _target;

    public PartialFile(string target)
    {
        _target = System.IO.Path.GetFullPath(target);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_target)!);
        Path = _target + ".partial";
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Gives the file its name, once it is on the disk.</summary>
    public void Complete()
    {
        DurableFile.Flush(Path);
        File.Move(Path, _target, overwrite: true);
    }

    /// <summary>Drops what isn't complete.</summary>
    public void Dispose() => File.Delete(Path);
}
