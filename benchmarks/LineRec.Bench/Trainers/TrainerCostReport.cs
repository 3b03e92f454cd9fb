using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;

namespace LineRec.Bench.Trainers;

/// <summary>What --json writes.</summary>
internal sealed record TrainerCostReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    /// <summary>How many processes were at work or waited for a processor, the mean of the minute before.</summary>
    public required double LoadBefore { get; init; }

    /// <summary>The same at the end, this one among them.</summary>
    public required double LoadAfter { get; init; }

    public required TrainerCostOptions Options { get; init; }

    public required IReadOnlyList<TrainerCostRow> Steps { get; init; }

    public required IReadOnlyList<CheckpointCostRow> Checkpoints { get; init; }

    public void Save(string path) => ReportFile.Save(path, this);
}
