namespace LineRec;

internal sealed class PlacementBuilder : IPlacementBuilder
{
    private static readonly string[] Order = [nameof(Retrieve), nameof(Filter), nameof(Rank), nameof(ReRank)];

    private readonly List<string> _errors;
    private readonly RetrievalBuilder _retrieval;
    private readonly FilterBuilder _filters;
    private readonly RankingBuilder _ranking;
    private readonly ReRankingBuilder _reRanking;
    private int _stage;
    private int _take = int.MaxValue;
    private string? _fallback;
    private TimeSpan? _deadline;

    public PlacementBuilder(string name, List<string> errors)
    {
        (Name, _errors) = (name, errors);
        (_retrieval, _filters, _ranking, _reRanking) = (new(name, errors), new(name, errors), new(name, errors), new(name, errors));
    }

    public string Name { get; }

    public IPlacementBuilder Retrieve(Action<IRetrievalBuilder> configure) => Configure(0, configure, _retrieval);

    public IPlacementBuilder Filter(Action<IFilterBuilder> configure) => Configure(1, configure, _filters);

    public IPlacementBuilder Rank(Action<IRankingBuilder> configure) => Configure(2, configure, _ranking);

    public IPlacementBuilder ReRank(Action<IReRankingBuilder> configure) => Configure(3, configure, _reRanking);

    public IPlacementBuilder Take(int count)
    {
        if (count < 1) Complain($"Take({count}) keeps nothing; take 1 or more.");
        else _take = count;
        return this;
    }

    public IPlacementBuilder FallBackTo(string placement)
    {
        _fallback = placement;
        return this;
    }

    public IPlacementBuilder Deadline(TimeSpan deadline)
    {
        if (deadline <= TimeSpan.Zero) Complain($"a deadline of {deadline} can't be kept; give one over zero.");
        else if (deadline > StageDefaults.LongestTimeout) Complain($"a deadline of {deadline} is longer than a timer can be ({StageDefaults.LongestTimeout.TotalDays:0} days); leave it out for none.");
        else _deadline = deadline;
        return this;
    }

    public PlacementBlueprint Build()
    {
        if (_retrieval.Components.Count == 0) Complain("there is no retriever, so nothing to recommend from; add one with Retrieve(r => r.Trending(200)), say.");
        if (_retrieval.Components.Count > 64) Complain($"there are {_retrieval.Components.Count} retrievers; at most 64 are possible.");
        var blueprint = new PlacementBlueprint(Name, [.. _retrieval.Components], [.. _filters.Components], [.. _ranking.Components], [.. _reRanking.Components], _take, _fallback, _deadline);
        foreach (string component in blueprint.ComponentsFallingBack())
        {
            if (_fallback is null) Complain($"'{component}' falls back when it fails, but the placement has no fallback; name one with FallBackTo.");
        }

        return blueprint;
    }

    private PlacementBuilder Configure<TBuilder>(int stage, Action<TBuilder> configure, TBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (stage < _stage) Complain($"{Order[stage]} comes after {Order[_stage]}; the order is {string.Join(", ", Order)}.");
        if (stage > 0 && _retrieval.Components.Count == 0) Complain($"{Order[stage]} comes before Retrieve; the order is {string.Join(", ", Order)}.");
        _stage = Math.Max(_stage, stage);
        configure(builder);
        return this;
    }

    private void Complain(string what) => _errors.Add($"Placement '{Name}': {what}");
}
