using LineRec.Bench.Vectors;

namespace LineRec.Bench.TwoTower;

/// <summary>What --json writes.</summary>
internal sealed record AblationReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required string Log { get; init; }

    public required AblationOptions Options { get; init; }

    /// <summary>Items with no event before the split.</summary>
    public required int ColdItems { get; init; }

    /// <summary>How many users turned to one of them in the test window.</summary>
    public required int ColdCases { get; init; }

    /// <summary>Recall@100 of a random hundred of them.</summary>
    public required double RandomColdRecall { get; init; }

    public required IReadOnlyList<AblationRow> Rows { get; init; }

    public void Save(string path) => ReportFile.Save(path, this);
}
