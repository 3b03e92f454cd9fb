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
        ArgumentNullException.ThrowIfNull(request);
        var recorder = new ExplanationRecorder(request.Observer);
        var slate = await RecommendAsync(request with { Observer = recorder }, services, cancellationToken).ConfigureAwait(false);
        return recorder.Explain(slate);
    }

    internal async ValueTask<Slate> RecommendAsync(RecommendationRequest request, IServiceProvider? services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Take < 1) throw new ArgumentException($"Take is {request.Take}; a request asks for 1 or more items.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        return await RecommendAsync(_current.Acquire(), request, services, history: null, cancellationToken).ConfigureAwait(false);
    }

    // The lease was acquired for this request and is released at its end. A fallback gets the history that was read already.
    private async ValueTask<Slate> RecommendAsync(Leased<LinkedPipeline>.Lease lease, RecommendationRequest request, IServiceProvider? services, UserHistory? history, CancellationToken cancellationToken)
    {
        var clock = _options.TimeProvider;
        long started = clock.GetTimestamp();
        var time = request.Time ?? clock.GetUtcNow();
        ulong seed = request.Seed ?? _seedBase + (ulong)Interlocked.Increment(ref _requests);
        PipelineRun? run = null;
        LinkedPlacement? placement = null;
        Activity? activity = null;
        try
        {
            placement = lease.Value.Find(request.Placement);
            activity = Telemetry.Start(placement);
            run = placement.Rent();
            var id = AttributionId(seed, time, placement.Name, request.UserId);

            // A fallback's answer becomes part of another one, an observed one is shown to nobody.
            var exposures = history is null && request.Observer is null && _options.Exposures?.Takes(id) == true ? _options.Exposures : null;
            run.Context.Begin(request, lease.Value.Snapshot, time, seed, Math.Min(request.Take, placement.Take), _options.Live, services, exposures is null ? null : run.RankedFeatures);
            run.Begin(started, cancellationToken);
            if (history is not null) Copy(history, run.Context.History);
            else await ReadHistoryAsync(request, run).ConfigureAwait(false);
            await FunnelAsync(placement, run).ConfigureAwait(false);
            if (run.Slate.Count < run.Context.Take) await TopUpAsync(placement, run, lease).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var slate = Answer(run, placement, id);
            exposures?.Write(run, placement, slate);
            Telemetry.Answered(placement, slate, activity);
            return slate;
        }
        catch (Exception e) when (placement is not null)
        {
            Telemetry.Failed(placement, clock.GetElapsedTime(started), e, activity);
            throw;
        }
        finally
        {
            activity?.Dispose();
            if (run is null) lease.Dispose();
            else run.End(lease);
        }
    }

    private async ValueTask ReadHistoryAsync(RecommendationRequest request, PipelineRun run)
    {
        if (request.UserId is not { } user) return;

        // Times are whole milliseconds to most stores: what was posted within this one is before a request that comes now.
        var before = request.Time ?? run.Context.Time.AddMilliseconds(1);
        long called = run.Timestamp();
        Task? task = null;
        try
        {
            var read = _options.Histories.ReadAsync(user, run.Context.Catalog, before, run.Context.History, run.Token);
            if (read.IsCompleted)
            {
                read.GetAwaiter().GetResult();
                return;
            }

            task = read.AsTask();
            await run.WaitAsync(task, null, called).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            bool abandoned = task is { IsCompleted: false };
            if (abandoned) run.Abandon(task!);
            if (run.CallerToken.IsCancellationRequested && e is OperationCanceledException) throw;

            // A late store may still fill the history that it was given, so that one is left to it.
            if (abandoned) run.ReplaceContext();
            else run.Context.History.Clear();
            run.Add(run.IsLateness(e, abandoned)
                ? new Degradation(FunnelStage.Retrieve, "user history", DegradationReason.Late, DegradationAction.Skipped, $"the store hadn't answered after {run.Elapsed.TotalMilliseconds:0.#} ms")
                : new Degradation(FunnelStage.Retrieve, "user history", DegradationReason.Failed, DegradationAction.Skipped, $"{e.GetType().Name}: {e.Message}"));
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
        for (int i = 0; i < run.Candidates.Count; i++) run.Slate.Add((run.Candidates.Rows[i], run.Candidates.Scores[i], run.Candidates.Origins[i]));
    }

    /// <summary>Fills a short slate from the fallback; the placement's own filters look at what comes, unless one of them failed.</summary>
    private async ValueTask TopUpAsync(LinkedPlacement placement, PipelineRun run, Leased<LinkedPipeline>.Lease lease)
    {
        int own = run.Slate.Count;
        if (placement.Fallback is { } fallback)
        {
            try
            {
                await FillFromAsync(fallback, placement, run, lease).ConfigureAwait(false);
            }
            catch (Exception e) when (own > 0 && !run.CallerToken.IsCancellationRequested)
            {
                // A short slate is better than none.
                run.Add(new Degradation(FunnelStage.ReRank, fallback.Name, DegradationReason.Failed, DegradationAction.Skipped, $"{e.GetType().Name}: {e.Message}"));
            }

            int filled = run.Slate.Count - own;
            if (filled > 0) run.Add(new Degradation(FunnelStage.ReRank, fallback.Name, DegradationReason.Short, DegradationAction.FellBack, $"{filled} of {run.Context.Take} items came from the fallback"));
        }

        if (run.Slate.Count < run.Context.Take)
            run.Add(new Degradation(FunnelStage.ReRank, placement.Name, DegradationReason.Short, DegradationAction.None, $"{run.Slate.Count} of {run.Context.Take} items were eligible"));
    }

    private async ValueTask FillFromAsync(LinkedPlacement fallback, LinkedPlacement placement, PipelineRun run, Leased<LinkedPipeline>.Lease lease)
    {
        int corpus = Math.Max(1, run.Context.Catalog.Count);

        // Asks for a whole slate and what is shown already; for more where the placement's own filters keep back too much of that.
        int asked = (int)Math.Min(2L * run.Context.Take, corpus);
        while (true)
        {
            var request = run.Context.Request with { Placement = fallback.Name, Take = asked, Observer = null, Time = run.Context.Time, Seed = run.Context.Seed };
            var from = await RecommendAsync(lease.Share(), request, run.Context.Services, run.Context.History, run.CallerToken).ConfigureAwait(false);
            run.Candidates.Clear();
            foreach (var item in from.Items)
            {
                if (run.Context.Catalog.TryGetRow(item.ItemId, out int row) && !run.Slate.Exists(s => s.Row == row)) run.Candidates.Add(row, item.Score, 0);
            }

            if (!run.FilterFailed) await FilterStage.RunAsync(placement, run, observed: false).ConfigureAwait(false);
            for (int i = 0; i < run.Candidates.Count && run.Slate.Count < run.Context.Take; i++) run.Slate.Add((run.Candidates.Rows[i], run.Candidates.Scores[i], 0));
            if (run.Slate.Count == run.Context.Take || from.Items.Count < asked || asked == corpus) return;
            asked = (int)Math.Min(4L * asked, corpus);
        }
    }

    private static void Copy(UserHistory from, UserHistory to)
    {
        for (int i = 0; i < from.Count; i++) to.Add(from.Rows[i], from.Types[i], from.Times[i]);
    }

    private static Slate Answer(PipelineRun run, LinkedPlacement placement, Guid id)
    {
        var items = new SlateItem[run.Slate.Count];
        for (int i = 0; i < items.Length; i++) items[i] = new SlateItem(run.Context.Catalog.IdOf(run.Slate[i].Row), run.Slate[i].Score);
        Degradation[] degradations = run.Degradations.Count == 0 ? [] : [.. run.Degradations];
        return new Slate(placement.Name, id, run.Context.Snapshot.Version, items, degradations, run.Timings());
    }

    /// <summary>The same request at the same instant with the same seed gets the same id: a replay is recognised.</summary>
    private static Guid AttributionId(ulong seed, DateTimeOffset time, string placement, string? user)
    {
        Span<ulong> parts = [seed, (ulong)time.ToUnixTimeMilliseconds(), XxHash3.HashToUInt64(MemoryMarshal.AsBytes(placement.AsSpan())), XxHash3.HashToUInt64(MemoryMarshal.AsBytes(user.AsSpan()))];
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
