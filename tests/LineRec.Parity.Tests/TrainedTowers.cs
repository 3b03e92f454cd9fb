using LineRec.Training;

namespace LineRec.Parity.Tests;

/// <summary>A trained two-tower and the snapshot that serves it.</summary>
public sealed record TrainedTowers(TwoTowerModel Model, ModelSnapshot Snapshot) : IDisposable
{
    public void Dispose()
    {
        Model.Dispose();
        Snapshot.Dispose();
    }
}
