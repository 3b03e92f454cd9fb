using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LineRec;

/// <summary>Answers requests through the placements' pipelines, on whichever snapshot is current when a request starts.</summary>
/// <remarks>
/// Thread-safe. In memory a request runs on the caller's thread without waiting, and allocates its answer only. Where placements take
/// components from a request's services, use the <see cref="IRecommender"/> of the request's scope.
/// </remarks>
public sealed class Recommender : IRecommender, IDisposable
{
    private readonly Leased<LinkedPipeline> _current;
    private readonly RecommenderOptions _options;
    private readonly ulong _seedBase;
    private long _requests;

    internal Recommender(LinkedPipeline pipeline, RecommenderOptions options)
    {
        (_current, _options) = (new Leased<LinkedPipeline>(pipeline), options);
        _seedBase = BitConverter.ToUInt64(Guid.NewGuid().ToByteArray());
    }

    /// <summary>The version of the current bundle.</summary>
    public string BundleVersion => Read(static pipeline => pipeline.Snapshot.Version);

    /// <summary>The placements' names, in ordinal order.</summary>
    public IReadOnlyList<string> Placements => Read(static pipeline => pipeline.PlacementNames.ToArray());

    /// <inheritdoc/>
    public ValueTask<Slate> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken = default) =>
        RecommendAsync(request, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Explanation> ExplainAsync(RecommendationRequest request, CancellationToken cancellationToken = default) =>
        ExplainAsync(request, null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _current.Dispose();

    /// <summary>Lets a newer pipeline answer from the next request on; requests in flight end on the older one, which is disposed after the last.</summary>
    internal void Swap(LinkedPipeline pipeline) => _current.Swap(pipeline);

    internal async ValueTask<Explanation> ExplainAsync(RecommendationRequest request, IServiceProvider? services, CancellationToken cancellationToken)
    {
        var recorder = new ExplanationRecorder(request.Observer);
        var slate = await RecommendAsync(request with { Observer = recorder }, services, cancellationToken).ConfigureAwait(false);
        return recorder.Explain(slate);
    }

    internal async ValueTask<Slate> RecommendAsync(RecommendationRequest request, IServiceProvider? services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Take < 1) throw new ArgumentException($"Take is {request.Take}; a request asks for 1 or more items.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        return await RecommendAsync(_current.Acquire(), request, services, cancellationToken).ConfigureAwait(false);
    }

    // The lease was acquired for this request and is released at its end.
    private async ValueTask<Slate> RecommendAsync(Leased<LinkedPipeline>.Lease lease, RecommendationRequest request, IServiceProvider? services, CancellationToken cancellationToken)
    {
        var clock = _options.TimeProvider;
        long started = clock.GetTimestamp();
        var time = request.Time ?? clock.GetUtcNow();
        ulong seed = request.Seed ?? _seedBase + (ulong)Interlocked.Increment(ref _requests);
        PipelineRun? run = null;
        try
        {
            var placement = lease.Value.Find(request.Placement);
            using var activity = Telemetry.Start(placement);
            run = placement.Rent();
            run.Context.Begin(request, lease.Value.Snapshot, time, seed, Math.Min(request.Take, placement.Take), _options.Live, services);
            run.Begin(started, cancellationToken);
            await ReadHistoryAsync(request, run).ConfigureAwait(false);
            await FunnelAsync(placement, run).ConfigureAwait(false);
            if (run.Slate.Count < run.Context.Take) await TopUpAsync(placement, run, lease).ConfigureAwait(false);
            var slate = Answer(run, placement);
            Telemetry.Answered(placement, slate, activity);
            return slate;
        }
        finally
        {
            if (run is null) lease.Dispose();
            else run.End(lease);
        }
    }

    private async ValueTask ReadHistoryAsync(RecommendationRequest request, PipelineRun run)
    {
        if (request.UserId is not { } user) return;
        Task? task = null;
        try
        {
            var read = _options.Histories.ReadAsync(user, run.Context.Catalog, run.Context.Time, run.Context.History, run.Token);
            if (read.IsCompleted)
            {
                read.GetAwaiter().GetResult();
                return;
            }

            task = read.AsTask();
            await run.WaitAsync(task, null).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            bool abandoned = task is { IsCompleted: false };
            if (abandoned) run.Abandon(task!);
            if (run.CallerToken.IsCancellationRequested && e is OperationCanceledException) throw;

            // A store that is late may still fill the history that stages read: the request can't go on with it.
            if (abandoned) throw new TimeoutException($"The user history store hadn't answered after {run.Elapsed.TotalMilliseconds:0.#} ms; the request can't go on safely. Give the store a time-out of its own under the placement's deadline.", e);
            run.Context.History.Clear();
            run.Add(new Degradation(FunnelStage.Retrieve, "user history", DegradationReason.Failed, DegradationAction.Skipped, $"{e.GetType().Name}: {e.Message}"));
        }
    }

    private static async ValueTask FunnelAsync(LinkedPlacement placement, PipelineRun run)
    {
        long at = run.Timestamp();
        await RetrieveStage.RunAsync(placement, run).ConfigureAwait(false);
        at = run.StageEnded(FunnelStage.Retrieve, at);
        if (!run.FallsBack) await FilterStage.RunAsync(placement, run).ConfigureAwait(false);
        at = run.StageEnded(FunnelStage.Filter, at);
        if (!run.FallsBack) await RankStage.RunAsync(placement, run).ConfigureAwait(false);
        at = run.StageEnded(FunnelStage.Rank, at);
        if (!run.FallsBack) await ReRankStage.RunAsync(placement, run).ConfigureAwait(false);
        run.StageEnded(FunnelStage.ReRank, at);
        if (run.FallsBack) return;
        run.Candidates.Truncate(run.Context.Take);
        run.Observe(FunnelStage.ReRank, "take");
        for (int i = 0; i < run.Candidates.Count; i++) run.Slate.Add((run.Candidates.Rows[i], run.Candidates.Scores[i]));
    }

    /// <summary>Fills a short slate from the fallback; the placement's own filters look at what comes, unless one of them failed.</summary>
    private async ValueTask TopUpAsync(LinkedPlacement placement, PipelineRun run, Leased<LinkedPipeline>.Lease lease)
    {
        int missing = run.Context.Take - run.Slate.Count;
        if (placement.Fallback is { } fallback)
        {
            // Asks for a whole slate and what is shown already, so that enough is left after doubles and filters.
            var request = run.Context.Request with { Placement = fallback.Name, Take = run.Context.Take * 2, Observer = null, Time = run.Context.Time, Seed = run.Context.Seed };
            var from = await RecommendAsync(lease.Share(), request, run.Context.Services, run.CallerToken).ConfigureAwait(false);
            run.Candidates.Clear();
            foreach (var item in from.Items)
            {
                if (run.Context.Catalog.TryGetRow(item.ItemId, out int row) && !run.Slate.Exists(s => s.Row == row)) run.Candidates.Add(row, item.Score, 0);
            }

            if (!run.FallsBack) await FilterStage.RunAsync(placement, run).ConfigureAwait(false);
            for (int i = 0; i < run.Candidates.Count && run.Slate.Count < run.Context.Take; i++) run.Slate.Add((run.Candidates.Rows[i], run.Candidates.Scores[i]));
            int filled = missing - (run.Context.Take - run.Slate.Count);
            if (filled > 0) run.Add(new Degradation(FunnelStage.ReRank, fallback.Name, DegradationReason.Short, DegradationAction.FellBack, $"{filled} of {run.Context.Take} items came from the fallback"));
        }

        if (run.Slate.Count < run.Context.Take)
            run.Add(new Degradation(FunnelStage.ReRank, placement.Name, DegradationReason.Short, DegradationAction.None, $"{run.Slate.Count} of {run.Context.Take} items were eligible"));
    }

    private static Slate Answer(PipelineRun run, LinkedPlacement placement)
    {
        var items = new SlateItem[run.Slate.Count];
        for (int i = 0; i < items.Length; i++) items[i] = new SlateItem(run.Context.Catalog.IdOf(run.Slate[i].Row), run.Slate[i].Score);
        Degradation[] degradations = run.Degradations.Count == 0 ? [] : [.. run.Degradations];
        return new Slate(placement.Name, AttributionId(run.Context, placement.Name), run.Context.Snapshot.Version, items, degradations, run.Timings());
    }

    /// <summary>The same request at the same instant with the same seed gets the same id: a replay is recognised.</summary>
    private static Guid AttributionId(RequestContext context, string placement)
    {
        Span<ulong> parts = [context.Seed, (ulong)context.UnixMilliseconds, XxHash3.HashToUInt64(MemoryMarshal.AsBytes(placement.AsSpan())), XxHash3.HashToUInt64(MemoryMarshal.AsBytes(context.Request.UserId.AsSpan()))];
        Span<byte> id = stackalloc byte[16];
        XxHash128.Hash(MemoryMarshal.AsBytes(parts), id);
        return new Guid(id);
    }

    private T Read<T>(Func<LinkedPipeline, T> read)
    {
        using var lease = _current.Acquire();
        return read(lease.Value);
    }
}
