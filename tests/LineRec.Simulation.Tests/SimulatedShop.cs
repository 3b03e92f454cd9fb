using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>A small simulated log that several tests read.</summary>
public sealed class SimulatedShop : IDisposable
{
    public SimulatedShop()
    {
        Truth = ShopSimulator.Run(Directory, Options());
        Log = ShopLog.Open(Directory);
        Catalog = Log.ReadCatalog();
    }

    public string Directory { get; } = Path.Combine(Path.GetTempPath(), "linerec-" + Guid.NewGuid().ToString("N"));

    public ShopTruth Truth { get; }

    public ShopLog Log { get; }

    public Catalog Catalog { get; }

    public static ShopSimulationOptions Options(int threads = 2) => new() { Users = 400, Items = 900, Days = 20, EventTarget = 60_000, Threads = threads };

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
