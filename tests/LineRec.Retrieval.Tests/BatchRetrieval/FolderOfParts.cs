using System.Runtime.InteropServices;

namespace LineRec.Retrieval.Tests;

/// <summary>A folder of parts written as plain numbers, by a writer that can be made to die within a file as a killed process would.</summary>
internal sealed class FolderOfParts : IBatchPartWriter, IDisposable
{
    private int _files;

    public FolderOfParts()
        : this(Directory.CreateTempSubdirectory("linerec-batch-").FullName)
    {
    }

    private FolderOfParts(string path) => Path = path;

    public string Path { get; }

    /// <summary>Dies within the file after so many.</summary>
    public int DiesAfter { get; init; } = int.MaxValue;

    public string Extension => ".bin";

    /// <summary>Every file's name and content.</summary>
    public Dictionary<string, string> Content => Directory.GetFiles(Path).ToDictionary(f => System.IO.Path.GetFileName(f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    public void Write(string path, BatchPart part)
    {
        byte[] rows = MemoryMarshal.AsBytes(part.Rows.Span).ToArray();
        if (Interlocked.Increment(ref _files) > DiesAfter)
        {
            File.WriteAllBytes(path + ".partial", rows[..(rows.Length / 2)]);
            throw new IOException("killed");
        }

        using (var stream = File.Create(path + ".partial"))
        {
            stream.Write(BitConverter.GetBytes(part.FirstQuery));
            stream.Write(rows);
            stream.Write(MemoryMarshal.AsBytes(part.Scores.Span));
        }

        File.Move(path + ".partial", path, overwrite: true);
    }

    /// <summary>The same folder with another writer.</summary>
    public FolderOfParts Again(int diesAfter = int.MaxValue) => new(Path) { DiesAfter = diesAfter };

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
