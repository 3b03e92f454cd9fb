using LineRec.Simulation;

namespace LineRec.Samples.Training;

/// <summary>A small simulated log that the tests share, and a folder for each of them.</summary>
public sealed class SampleLog : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-own-training-");

    public SampleLog() => ShopSimulator.Run(Path, new ShopSimulationOptions { Users = 300, Items = 300, Days = 14, EventTarget = 60_000, PartitionByDate = true });

    public string Path => System.IO.Path.Combine(_folder.FullName, "log");

    public string Folder(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
