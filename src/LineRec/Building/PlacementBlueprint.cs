namespace LineRec;

/// <summary>One placement's pipeline as it was described: not yet linked to a model. Immutable.</summary>
internal sealed record PlacementBlueprint(
    string Name,
    IReadOnlyList<ComponentRegistration<IRetriever>> Retrievers,
    IReadOnlyList<ComponentRegistration<IFilter>> Filters,
    IReadOnlyList<ComponentRegistration<IRanker>> Rankers,
    IReadOnlyList<ComponentRegistration<IReRanker>> ReRankers,
    int Take,
    string? Fallback,
    TimeSpan? Deadline)
{
    /// <summary>The policy of a component: the one chosen, else skip; a filter isn't skipped, for what it keeps back may not be shown.</summary>
    public FailurePolicy PolicyOf<T>(ComponentRegistration<T> component)
        where T : class => component.Policy ?? (typeof(T) != typeof(IFilter) ? FailurePolicy.Skip : Fallback is null ? FailurePolicy.Propagate : FailurePolicy.FallBack);

    public IEnumerable<string> ComponentsFallingBack() =>
        [.. FallingBack(Retrievers), .. FallingBack(Filters), .. FallingBack(Rankers), .. FallingBack(ReRankers)];

    private static IEnumerable<string> FallingBack<T>(IReadOnlyList<ComponentRegistration<T>> components)
        where T : class => components.Where(c => c.Policy == FailurePolicy.FallBack).Select(c => c.Name);
}
