namespace LineRec;

/// <summary>
/// The state of one request on one placement: context, candidates, sinks, clock, complaints. Pooled; after warm-up a request allocates
/// nothing here. A run that a late component may still touch isn't reused.
/// </summary>
internal sealed class PipelineRun
{
    private readonly LinkedPlacement _placement;
    private readonly TimeProvider _clock;
    private readonly string[] _sources;
    private readonly List<Task> _zombies = [];
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callerGivesUp;
    private CandidateTable _checkpoint;
    private long _started;
    private long _deadline;

    public PipelineRun(LinkedPlacement placement, string[] sources, int[] limits, TimeProvider clock)
    {
        (_placement, _clock, _sources) = (placement, clock, sources);
        (Candidates, _checkpoint) = (new CandidateTable(sources), new CandidateTable(sources));
        Sinks = Array.ConvertAll(limits, limit => new CandidateSink(limit));
        Pending = new Task?[limits.Length];
        Called = new long[limits.Length];
    }

    public RequestContext Context { get; private set; } = new();

    public CandidateTable Candidates { get; private set; }

    public CandidateSink[] Sinks { get; }

    /// <summary>The retrievers that wait, by source.</summary>
    public Task?[] Pending { get; }

    /// <summary>The timestamps of the retrievers' calls, by source.</summary>
    public long[] Called { get; }

    public CandidateMerger Merger { get; } = new();

    /// <summary>The slate so far, best first; origins as in <see cref="CandidateTable.Origins"/>, 0 for what came from the fallback.</summary>
    public List<(int Row, float Score, ulong Origins)> Slate { get; } = [];

    /// <summary>Where the rankers of a logged request leave their features.</summary>
    public RankedFeatures RankedFeatures => field ??= new RankedFeatures();

    /// <summary>Whether a late component may still touch what belongs to the request.</summary>
    public bool IsHeldByLate => _zombies.Count > 0;

    public List<Degradation> Degradations { get; } = [];

    /// <summary>Whether a component failed whose policy is to answer from the fallback.</summary>
    public bool FallsBack { get; private set; }

    /// <summary>Whether that component was a filter.</summary>
    public bool FilterFailed { get; private set; }

    public CancellationToken CallerToken { get; private set; }

    /// <summary>What components get: cancelled when the deadline passes, the caller gives up, or the request ends before a late component.</summary>
    public CancellationToken Token => _cancellation?.Token ?? CallerToken;

    public long[] StageTicks { get; } = new long[4];

    public IFunnelObserver? Observer => Context.Request.Observer;

    public bool IsLate => _clock.GetTimestamp() >= _deadline;

    public TimeSpan Elapsed => _clock.GetElapsedTime(_started);

    public void Begin(long started, CancellationToken callerToken)
    {
        (_started, CallerToken) = (started, callerToken);
        _deadline = long.MaxValue;
        if (!_placement.CanBeLate) return;
        _cancellation ??= new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock);
        if (callerToken.CanBeCanceled) _callerGivesUp = callerToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _cancellation);
        if (_placement.Deadline is { } deadline)
        {
            _deadline = started + (long)(deadline.TotalSeconds * _clock.TimestampFrequency);
            _cancellation.CancelAfter(deadline);
        }
    }

    /// <summary>Ends the request. The run goes back to the pool unless a late component may still touch it.</summary>
    /// <param name="pipeline">Let go of when the last component is done with it.</param>
    public void End(Leased<LinkedPipeline>.Lease pipeline)
    {
        _callerGivesUp.Dispose();
        _callerGivesUp = default; // a pooled run keeps nothing of the caller's alive
        foreach (var task in Pending)
        {
            if (task is not null) Abandon(task);
        }

        if (_zombies.Count > 0)
        {
            // Not on this thread: what a late component does when it is told to stop, or throws then, is no part of the answer.
            _cancellation?.CancelAsync();

            // Late components may still read the context and the snapshot: both stay as they are until the last has ended.
            Task.WhenAll(_zombies).ContinueWith(static (_, lease) => ((Leased<LinkedPipeline>.Lease)lease!).Dispose(), pipeline, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        pipeline.Dispose();
        Context.RankedFeatures?.Clear();
        Context.End();
        Candidates.Clear();
        foreach (var sink in Sinks) sink.Clear();
        Slate.Clear();
        Degradations.Clear();
        (FallsBack, FilterFailed) = (false, false);
        Array.Clear(StageTicks);
        CallerToken = default;
        if (_cancellation is not null && !_cancellation.TryReset())
        {
            _cancellation.Dispose();
            _cancellation = null;
        }

        _placement.Return(this);
    }

    /// <summary>Calls a component that works on the candidates. When it fails or is late they are as before the call.</summary>
    /// <returns>Whether the component did its work.</returns>
    public async ValueTask<bool> CallAsync<T>(FunnelStage stage, LinkedComponent<T> component, Func<T, PipelineRun, ValueTask> invoke)
        where T : class
    {
        CallerToken.ThrowIfCancellationRequested();
        if (stage != FunnelStage.Filter && IsLate)
        {
            // A late filter still runs: what it keeps back may not be shown.
            Degrade(stage, component, DegradationReason.Late, $"the deadline of {_placement.Deadline!.Value.TotalMilliseconds:0.#} ms had passed", null);
            return false;
        }

        _checkpoint.CopyFrom(Candidates);
        long called = Timestamp();
        Task? task = null;
        try
        {
            var call = invoke(component.Resolve(Context.Services), this);
            if (call.IsCompleted)
            {
                call.GetAwaiter().GetResult();
            }
            else
            {
                task = call.AsTask();
                await WaitAsync(task, component.Timeout, called).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception e)
        {
            bool abandoned = task is { IsCompleted: false };
            (Candidates, _checkpoint) = (_checkpoint, Candidates);
            if (abandoned)
            {
                Abandon(task!);
                _checkpoint = new CandidateTable(_sources); // the late component may still write to the other
            }

            if (CallerToken.IsCancellationRequested && e is OperationCanceledException) throw;
            Fail(stage, component, e, abandoned);
            return false;
        }
    }

    /// <summary>Waits for a pending component: to its time-out, the deadline, or until the caller gives up.</summary>
    /// <param name="task">The component's task.</param>
    /// <param name="timeout">Its own time-out, counted from its call.</param>
    /// <param name="called">The timestamp of its call.</param>
    /// <exception cref="TimeoutException">It is late; the task goes on.</exception>
    public Task WaitAsync(Task task, TimeSpan? timeout, long called)
    {
        if (_deadline == long.MaxValue && timeout is null) return task.WaitAsync(CallerToken);
        long now = Timestamp();
        var left = _deadline == long.MaxValue ? TimeSpan.MaxValue : _clock.GetElapsedTime(now, _deadline);
        if (timeout is { } own && own - _clock.GetElapsedTime(called, now) is var ownLeft && ownLeft < left) left = ownLeft;

        // Timers take whole milliseconds and cut off the rest; and -1 ms, what is over by one, would be Timeout.InfiniteTimeSpan.
        var whole = left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : TimeSpan.Zero;
        return task.WaitAsync(whole, _clock, CallerToken);
    }

    /// <summary>Goes on with a context of its own where a late component may still write to the one there was.</summary>
    public void ReplaceContext()
    {
        var old = Context;
        Context = new RequestContext();
        Context.Begin(old.Request, old.Snapshot, old.Time, old.Seed, old.Take, old.Live, old.Services, old.RankedFeatures);
    }

    /// <summary>Notes a component's failure, or lets it out where the policy says so.</summary>
    public void Fail<T>(FunnelStage stage, LinkedComponent<T> component, Exception exception, bool abandoned)
        where T : class
    {
        bool late = IsLateness(exception, abandoned);
        string detail = late ? $"it hadn't ended after {Elapsed.TotalMilliseconds:0.#} ms" : $"{exception.GetType().Name}: {exception.Message}";
        Degrade(stage, component, late ? DegradationReason.Late : DegradationReason.Failed, detail, exception);
    }

    /// <summary>Whether a failure comes from running out of time.</summary>
    public bool IsLateness(Exception exception, bool abandoned) => abandoned || (exception is OperationCanceledException && Token.IsCancellationRequested);

    public void Degrade<T>(FunnelStage stage, LinkedComponent<T> component, DegradationReason reason, string detail, Exception? exception)
        where T : class
    {
        if (component.Policy == FailurePolicy.Propagate)
        {
            string message = $"Placement '{_placement.Name}': {stage} component '{component.Name}' {(reason == DegradationReason.Late ? "is late" : "failed")}, and its policy is to propagate: {detail}";
            throw reason == DegradationReason.Late ? new TimeoutException(message, exception) : new InvalidOperationException(message, exception);
        }

        FallsBack |= component.Policy == FailurePolicy.FallBack;
        FilterFailed |= component.Policy == FailurePolicy.FallBack && stage == FunnelStage.Filter;
        Add(new Degradation(stage, component.Name, reason, component.Policy == FailurePolicy.FallBack ? DegradationAction.FellBack : DegradationAction.Skipped, detail));
    }

    public void Add(Degradation degradation)
    {
        Degradations.Add(degradation);
        Telemetry.Degraded(_placement, degradation);
    }

    /// <summary>Leaves a late task alone; the run and its snapshot are kept for it.</summary>
    public void Abandon(Task task)
    {
        _zombies.Add(task.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
    }

    public void Observe(FunnelStage stage, string component) => Observer?.AfterStep(stage, component, Context, Candidates);

    public long StageEnded(FunnelStage stage, long stageStarted)
    {
        long now = _clock.GetTimestamp();
        StageTicks[(int)stage] += now - stageStarted;
        return now;
    }

    public long Timestamp() => _clock.GetTimestamp();

    public StageTimings Timings() => new(Of(FunnelStage.Retrieve), Of(FunnelStage.Filter), Of(FunnelStage.Rank), Of(FunnelStage.ReRank), Elapsed);

    private TimeSpan Of(FunnelStage stage) => _clock.GetElapsedTime(0, StageTicks[(int)stage]);
}
