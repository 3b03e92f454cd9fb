namespace LineRec;

/// <summary>Runs the re-rankers in order.</summary>
internal static class ReRankStage
{
    private static readonly Func<IReRanker, PipelineRun, ValueTask> Invoke = static (reRanker, run) => reRanker.ReRankAsync(run.Context, run.Candidates, run.Token);

    public static async ValueTask RunAsync(LinkedPlacement placement, PipelineRun run)
    {
        using var activity = Telemetry.StartStage(placement, FunnelStage.ReRank);
        foreach (var reRanker in placement.ReRankers)
        {
            if (!await run.CallAsync(FunnelStage.ReRank, reRanker, Invoke).ConfigureAwait(false)) continue;
            run.Candidates.DropRemoved();
            run.Observe(FunnelStage.ReRank, reRanker.Name);
        }
    }
}
