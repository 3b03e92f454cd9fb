using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;

namespace LineRec.Bench.Datasets;

/// <summary>What --json writes.</summary>
internal sealed record StreamTrainingReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required StreamTrainingOptions Options { get; init; }

    /// <summary>What the control group allows, in MB; null where it allows all.</summary>
    public double? LimitMegabytes { get; init; }

    /// <summary>The resident set with Torch loaded and nothing done yet.</summary>
    public required double IdleMegabytes { get; init; }

    /// <summary>The limit less that.</summary>
    public double? LeftMegabytes => LimitMegabytes - IdleMegabytes;

    /// <summary>The log's events decoded into columns, texts as texts: the sum of all Arrow buffers.</summary>
    public required double DecodedMegabytes { get; init; }

    /// <summary>How many times what is left that is.</summary>
    public double? TimesLeft => DecodedMegabytes / LeftMegabytes;

    public required long Rows { get; init; }

    public required double PeakResidentMegabytes { get; init; }

    /// <summary>What the control group counted at most, files' pages included.</summary>
    public double? PeakGroupMegabytes { get; init; }

    /// <summary>Of the training alone: validation aside.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Of reading the same, with nothing done with it.</summary>
    public required double ReadingRowsPerSecond { get; init; }

    public required double TrainingSeconds { get; init; }

    /// <summary>How long the training waited for batches.</summary>
    public required double WaitSeconds { get; init; }

    /// <summary>As a share of the training, validation aside.</summary>
    public required double WaitShare { get; init; }

    public required double Loss { get; init; }

    /// <summary>On the log's last day, which isn't trained on.</summary>
    public required double Auc { get; init; }

    public void Save(string path) => ReportFile.Save(path, this);
}
