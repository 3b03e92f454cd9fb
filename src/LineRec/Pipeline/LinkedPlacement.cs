using System.Collections.Concurrent;

namespace LineRec;

/// <summary>One placement's pipeline, linked to a snapshot. Immutable but for its pool of runs; thread-safe.</summary>
internal sealed class LinkedPlacement
{
    private readonly ConcurrentQueue<PipelineRun> _idle = new();
    private readonly TimeProvider _clock;
    private readonly int[] _limits;

    public LinkedPlacement(
        PlacementBlueprint blueprint,
        LinkedComponent<IRetriever>[] retrievers,
        LinkedComponent<IFilter>[] filters,
        LinkedComponent<IRanker>[] rankers,
        LinkedComponent<IReRanker>[] reRankers,
        TimeProvider clock)
    {
        Name = blueprint.Name;
        (Retrievers, Filters, Rankers, ReRankers) = (retrievers, filters, rankers, reRankers);
        (Take, FallbackName, Deadline) = (blueprint.Take, blueprint.Fallback, blueprint.Deadline);
        _limits = [.. blueprint.Retrievers.Select(r => r.Limit)];
        Sources = [.. blueprint.Retrievers.Select(r => r.Name)];
        _clock = clock;
        CanBeLate = Deadline is not null || HaveTimeouts(retrievers) || HaveTimeouts(filters) || HaveTimeouts(rankers) || HaveTimeouts(reRankers);
        Tag = new KeyValuePair<string, object?>(Telemetry.PlacementTag, Name);
    }

    public string Name { get; }

    /// <summary>The retrievers' names, by source number.</summary>
    public string[] Sources { get; }

    public LinkedComponent<IRetriever>[] Retrievers { get; }

    public LinkedComponent<IFilter>[] Filters { get; }

    public LinkedComponent<IRanker>[] Rankers { get; }

    public LinkedComponent<IReRanker>[] ReRankers { get; }

    public int Take { get; }

    public TimeSpan? Deadline { get; }

    public string? FallbackName { get; }

    /// <summary>Set once, when all placements are linked.</summary>
    public LinkedPlacement? Fallback { get; set; }

    /// <summary>Whether there is a deadline or a time-out to watch.</summary>
    public bool CanBeLate { get; }

    public KeyValuePair<string, object?> Tag { get; }

    public PipelineRun Rent() => _idle.TryDequeue(out var run) ? run : new PipelineRun(this, Sources, _limits, _clock);

    public void Return(PipelineRun run) => _idle.Enqueue(run);

    private static bool HaveTimeouts<T>(LinkedComponent<T>[] components)
        where T : class => components.Any(c => c.Timeout is not null);
}
