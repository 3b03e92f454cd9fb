namespace LineRec.Retrieval;

/// <summary>What <see cref="VectorIndex.Auto"/> has to reach.</summary>
public sealed record AutoIndexOptions
{
    /// <summary>What a score is. Default: the inner product.</summary>
    public VectorMetric Metric { get; init; }

    /// <summary>The share of the true best <see cref="K"/> that answers must hold, over 0 and up to 1; 1 asks for exact answers.</summary>
    public float RecallTarget { get; init; } = AutoIndexDefaults.RecallTarget;

    /// <summary>How long the 99th of 100 searches may take, on one thread. An exact index is chosen where it keeps that; an approximate one otherwise. Default 2 ms.</summary>
    public TimeSpan LatencyBudget { get; init; } = AutoIndexDefaults.LatencyBudget;

    /// <summary>How many rows a search is tuned for, 1 or more.</summary>
    public int K { get; init; } = AutoIndexDefaults.K;

    /// <summary>
    /// Queries as they will be asked [queries, dimension], 100 or better 1,000 of them: one half tunes, the other is reported. Default null: drawn from the vectors themselves. Users' vectors aren't
    /// spread as items' are, so give some where there are any: tuned on items, the recall for users is often lower than reported.
    /// </summary>
    public NpyMatrix<float>? Queries { get; init; }

    /// <summary>The share of searches that is done again exactly in the background, 0 to 1; their recall goes to the histogram linerec.retrieval.recall of the Meter "LineRec". Default 0.001; 0 for none.</summary>
    public double LiveShare { get; init; } = AutoIndexDefaults.LiveShare;

    /// <summary>The index's name in telemetry, tag linerec.index. Default "vectors".</summary>
    public string Name { get; init; } = AutoIndexDefaults.Name;

    /// <summary>Threads that build and tune. Default 0: one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>The seed that draws queries where none are given.</summary>
    public ulong Seed { get; init; } = AutoIndexDefaults.Seed;
}
