namespace LineRec;

/// <summary>How an offline evaluation is run.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How long the judged lists are, 1 or more. Default <see cref="EvaluationDefaults.K"/>.</summary>
    public int K { get; init; } = EvaluationDefaults.K;

    /// <summary>Bootstrap resamples, 1 or more. Default <see cref="EvaluationDefaults.Resamples"/>.</summary>
    public int Resamples { get; init; } = EvaluationDefaults.Resamples;

    /// <summary>Seeds the bootstrap. Default <see cref="EvaluationDefaults.Seed"/>.</summary>
    public ulong Seed { get; init; } = EvaluationDefaults.Seed;

    /// <summary>The column that intra-list diversity compares. Default: the catalog's category; without one diversity is NaN.</summary>
    public TextColumn? DiversityColumn { get; init; }

    /// <summary>Past events of each item by row, for novelty; see <see cref="ItemPopularity"/>. Default: none, novelty is NaN.</summary>
    public ReadOnlyMemory<double> Popularity { get; init; }

    /// <summary>How many cases run at once; -1 for one a processor. Default -1.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Called now and then with the number of cases done, from several threads.</summary>
    public Action<int>? Progress { get; init; }
}
