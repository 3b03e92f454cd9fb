namespace LineRec.Onnx.Tests;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("linerec-onnx").FullName;

    internal string PathOf(string file) => Path.Combine(_path, file);

    internal string Write(string file, params string[] lines)
    {
        File.WriteAllLines(PathOf(file), lines);
        return PathOf(file);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
