namespace LineRec.Tests.Bundles;

/// <summary>A folder of the test's own, deleted at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("linerec-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
