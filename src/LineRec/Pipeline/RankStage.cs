namespace LineRec;

/// <summary>Fills in every source's score of every candidate, runs the rankers in order and sorts after each.</summary>
internal static class RankStage
{
    private static readonly Func<IRanker, PipelineRun, ValueTask> Invoke = static (ranker, run) => ranker.RankAsync(run.Context, run.Candidates, run.Token);

    public static async ValueTask RunAsync(LinkedPlacement placement, PipelineRun run)
    {
        using var activity = Telemetry.StartStage(placement, FunnelStage.Rank);
        if (placement.Rankers.Length == 0) return;
        ScoreBySources(placement, run);
        foreach (var ranker in placement.Rankers)
        {
            if (await run.CallAsync(FunnelStage.Rank, ranker, Invoke).ConfigureAwait(false))
            {
                run.Candidates.DropRemoved();
                int nan = run.Candidates.Sort();
                if (nan > 0) Telemetry.NotANumber(placement, ranker.Name, nan);
            }

            if (ranker.Take > 0) run.Candidates.Truncate(ranker.Take);
            run.Observe(FunnelStage.Rank, ranker.Name);
        }
    }

    private static void ScoreBySources(LinkedPlacement placement, PipelineRun run)
    {
        for (int source = 0; source < placement.Retrievers.Length; source++)
        {
            var retriever = placement.Retrievers[source];
            try
            {
                if (retriever.Resolve(run.Context.Services) is ICandidateScorer scorer)
                    scorer.Score(run.Context, run.Candidates.Rows, run.Candidates.SourceScores(source));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                run.Candidates.SourceScores(source).Fill(float.NaN);
                run.Fail(FunnelStage.Rank, retriever, e, abandoned: false);
            }
        }
    }
}
