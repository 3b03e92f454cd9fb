using LineRec.Bench.Vectors;

namespace LineRec.Bench.TwoTower;

/// <summary>What --json writes.</summary>
internal sealed record TwoTowerSpeedReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required TwoTowerSpeedOptions Options { get; init; }

    public required IReadOnlyList<TwoTowerSpeedRow> Rows { get; init; }

    /// <summary>LineRec's samples a second over the dense loop's.</summary>
    public required double Ratio { get; init; }

    public void Save(string path) => ReportFile.Save(path, this);
}
