namespace LineRec;

/// <summary>Runs the retrievers: those in memory one after the other, those that wait at the same time; then merges.</summary>
internal static class RetrieveStage
{
    public static async ValueTask RunAsync(LinkedPlacement placement, PipelineRun run)
    {
        using var activity = Telemetry.StartStage(placement, FunnelStage.Retrieve);
        bool waits = false;
        for (int source = 0; source < placement.Retrievers.Length; source++) waits |= Start(placement.Retrievers[source], source, run);
        if (waits)
        {
            for (int source = 0; source < placement.Retrievers.Length; source++)
            {
                if (run.Pending[source] is { } task) await FinishAsync(placement.Retrievers[source], source, task, run).ConfigureAwait(false);
            }
        }

        run.Merger.Merge(run.Sinks, run.Candidates);
        run.Observe(FunnelStage.Retrieve, "merge");
    }

    private static bool Start(LinkedComponent<IRetriever> retriever, int source, PipelineRun run)
    {
        run.CallerToken.ThrowIfCancellationRequested();
        run.Pending[source] = null;
        if (run.IsLate)
        {
            run.Degrade(FunnelStage.Retrieve, retriever, DegradationReason.Late, "the deadline had passed before its turn", null);
            return false;
        }

        var sink = run.Sinks[source];
        run.Called[source] = run.Timestamp();
        try
        {
            var call = retriever.Resolve(run.Context.Services).RetrieveAsync(run.Context, sink, run.Token);
            if (!call.IsCompleted)
            {
                run.Pending[source] = call.AsTask();
                return true;
            }

            call.GetAwaiter().GetResult();
            sink.Complete(run.Context.Catalog.Count);
        }
        catch (Exception e) when (!run.CallerToken.IsCancellationRequested || e is not OperationCanceledException)
        {
            sink.Clear();
            run.Fail(FunnelStage.Retrieve, retriever, e, abandoned: false);
        }

        return false;
    }

    private static async ValueTask FinishAsync(LinkedComponent<IRetriever> retriever, int source, Task task, PipelineRun run)
    {
        var sink = run.Sinks[source];
        try
        {
            await run.WaitAsync(task, retriever.Timeout, run.Called[source]).ConfigureAwait(false);
            sink.Complete(run.Context.Catalog.Count);
        }
        catch (Exception e)
        {
            bool abandoned = !task.IsCompleted;
            if (abandoned) run.Abandon(task);
            run.CallerToken.ThrowIfCancellationRequested();

            // A late retriever may still write to its sink, so it keeps that one.
            if (abandoned) run.Sinks[source] = new CandidateSink(sink.Limit);
            else sink.Clear();
            run.Fail(FunnelStage.Retrieve, retriever, e, abandoned);
        }
        finally
        {
            run.Pending[source] = null;
        }
    }
}
