namespace LineRec.Recipes;

/// <summary>Everything that a configuration file can set; see <see cref="SettingsSchema"/> for meaning, range and name of each.</summary>
internal sealed record RecipeSettings
{
    public int Seed { get; init; } = 1;

    public int WindowDays { get; init; } = 1;

    public int LearningWindows { get; init; } = 1;

    public string Task { get; init; } = EvaluationTask.Discovery;

    public string Target { get; init; } = "purchase";

    public int Dimension { get; init; } = 64;

    public int TowerEpochs { get; init; } = 8;

    public int Patience { get; init; } = 2;

    public int UniformNegatives { get; init; } = 1_024;

    public int FullEvery { get; init; } = 1;

    public int DailyEpochs { get; init; } = 1;

    public int Neighbours { get; init; } = RetrievalTraining.DefaultNeighbours;

    public int RankerEpochs { get; init; } = 12;

    public int Ensemble { get; init; } = 2;

    public int MaxLists { get; init; } = 6_000;

    public int MaxCases { get; init; } = 8_000;

    public string Metric { get; init; } = "ndcg_at_20";

    public double MaxLoss { get; init; } = 0.1;

    public int KeepDays { get; init; }

    public string DagId { get; init; } = "linerec_daily";

    public string Schedule { get; init; } = "@daily";

    public string StartDate { get; init; } = "2026-01-01";

    public int Retries { get; init; } = 2;

    public int RetryDelayMinutes { get; init; } = 5;
}
