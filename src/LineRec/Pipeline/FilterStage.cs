namespace LineRec;

/// <summary>Runs the filters in order and drops what they mark.</summary>
internal static class FilterStage
{
    private static readonly Func<IFilter, PipelineRun, ValueTask> Invoke = static (filter, run) => filter.FilterAsync(run.Context, run.Candidates, run.Token);

    public static async ValueTask RunAsync(LinkedPlacement placement, PipelineRun run)
    {
        using var activity = Telemetry.StartStage(FunnelStage.Filter);
        foreach (var filter in placement.Filters)
        {
            if (!await run.CallAsync(FunnelStage.Filter, filter, Invoke).ConfigureAwait(false)) continue;
            run.Observe(FunnelStage.Filter, filter.Name);
            Telemetry.Filtered(placement, filter.Name, run.Candidates.RemovedCount);
            run.Candidates.DropRemoved();
        }
    }
}
