namespace LineRec;

/// <summary>Runs the filters in order and drops what they mark.</summary>
internal static class FilterStage
{
    private static readonly Func<IFilter, PipelineRun, ValueTask> Invoke = static (filter, run) => filter.FilterAsync(run.Context, run.Candidates, run.Token);

    /// <param name="placement">The placement.</param>
    /// <param name="run">The request.</param>
    /// <param name="observed">Whether the request's observer is told; not of what came from a fallback, whose way it hasn't seen.</param>
    public static async ValueTask RunAsync(LinkedPlacement placement, PipelineRun run, bool observed = true)
    {
        using var activity = Telemetry.StartStage(placement, FunnelStage.Filter);
        foreach (var filter in placement.Filters)
        {
            if (!await run.CallAsync(FunnelStage.Filter, filter, Invoke).ConfigureAwait(false)) continue;
            if (observed) run.Observe(FunnelStage.Filter, filter.Name);
            Telemetry.Filtered(placement, filter.Name, run.Candidates.RemovedCount);
            run.Candidates.DropRemoved();
        }
    }
}
