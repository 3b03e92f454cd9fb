namespace LineRec;

/// <summary>
/// A placement of a recommender as it serves, put to evaluation: one run of a case yields the ranked list (after the last ranker), the
/// slate, and what each stage kept.
/// </summary>
/// <remarks>
/// Thread-safe. The recommender's history store must hold the users' events before each case's time; the placement must itself keep away
/// excluded items (a filter); should one come through, it is struck from the list.
/// </remarks>
public sealed class PipelineSystem
{
    private readonly IRecommender _recommender;
    private readonly string _placement;
    private readonly Catalog _catalog;

    /// <summary>Wraps a placement.</summary>
    /// <param name="recommender">The recommender that serves it.</param>
    /// <param name="placement">The placement.</param>
    /// <param name="catalog">The catalog whose rows the cases speak of: that of the bundle being served.</param>
    public PipelineSystem(IRecommender recommender, string placement, Catalog catalog) =>
        (_recommender, _placement, _catalog) = (recommender, placement, catalog);

    /// <summary>The name of the pipeline up to its ranker in reports. Default "ranked".</summary>
    public string RankedName { get; init; } = "ranked";

    /// <summary>The name of the whole pipeline in reports. Default "funnel".</summary>
    public string FunnelName { get; init; } = "funnel";

    /// <summary>Seeds what is random in answers. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Runs a case.</summary>
    /// <param name="evaluationCase">The case.</param>
    /// <param name="probe">Receives what came of it.</param>
    internal void Run(EvaluationCase evaluationCase, FunnelProbe probe)
    {
        probe.Begin(_placement, evaluationCase);
        var answer = _recommender.RecommendAsync(new RecommendationRequest
        {
            Placement = _placement,
            UserId = evaluationCase.UserId,
            Take = probe.K,
            AnchorItemIds = evaluationCase.AnchorItemIds,
            Time = evaluationCase.Time,
            Seed = Seed,
            Observer = probe,
        });
        var slate = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
        probe.End(slate, _catalog);
    }
}
