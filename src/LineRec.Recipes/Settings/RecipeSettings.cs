namespace LineRec.Recipes;

/// <summary>Everything that a configuration file can set; see <see cref="SettingsSchema"/> for meaning, range and name of each.</summary>
internal sealed record RecipeSettings
{
    public int Seed { get; init; } = 1;

    public int WindowDays { get; init; } = 1;

    public int LearningWindows { get; init; } = 1;

    public string Task { get; init; } = EvaluationTask.Discovery;

    public string Target { get; init; } = "purchase";

    public int CheckpointSteps { get; init; } = 2_000;

    public int Dimension { get; init; } = 64;

    public int TowerEpochs { get; init; } = 8;

    public int Patience { get; init; } = 2;

    public int UniformNegatives { get; init; } = 1_024;

    public double TowerLearningRate { get; init; } = 0.02;

    public double Temperature { get; init; } = 0.08;

    public int TowerBatchSize { get; init; } = 1_024;

    public int ItemHiddenWidth { get; init; }

    public int FullEvery { get; init; } = 1;

    public int DailyEpochs { get; init; } = 1;

    public int Neighbours { get; init; } = RetrievalTraining.DefaultNeighbours;

    public int RankerEpochs { get; init; } = 12;

    public int Ensemble { get; init; } = 2;

    public double RankerLearningRate { get; init; } = 0.003;

    public double Dropout { get; init; } = 0.1;

    public double WeightDecay { get; init; } = 0.01;

    public string HiddenWidths { get; init; } = "64-32";

    public int MaxLists { get; init; } = 6_000;

    public int MaxCases { get; init; } = 8_000;

    public string Metric { get; init; } = "ndcg_at_20";

    public double MaxLoss { get; init; } = 0.1;

    public double MaxSliceLoss { get; init; } = 0.2;

    public int NewUserEvents { get; init; } = 10;

    public int MaxBundleMegabytes { get; init; }

    public int MaxP99Milliseconds { get; init; }

    public string SweepModel { get; init; } = "two_tower";

    public string SweepMethod { get; init; } = "asha";

    public int SweepTrials { get; init; } = 27;

    public int SweepMinEpochs { get; init; } = 1;

    public int SweepMaxEpochs { get; init; } = 9;

    public int SweepReduction { get; init; } = 3;

    /// <summary>What a sweep tries; the file's section sweep.ranges. Nothing else looks at it.</summary>
    public IReadOnlyList<SweepRange> SweepRanges { get; init; } = [];

    public string TrackingUri { get; init; } = "";

    public string Experiment { get; init; } = "linerec";

    public int KeepDays { get; init; }

    public string DagId { get; init; } = "linerec_daily";

    public string Schedule { get; init; } = "@daily";

    public string StartDate { get; init; } = "2026-01-01";

    public int Retries { get; init; } = 2;

    public int RetryDelayMinutes { get; init; } = 5;

    public int SlaMinutes { get; init; }

    public string AirflowOperator { get; init; } = AirflowOperators.Bash;

    public string Image { get; init; } = "";

    public string Namespace { get; init; } = "default";

    public string PodTemplate { get; init; } = "";
}
