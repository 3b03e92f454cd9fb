namespace LineRec.Rerank;

/// <summary>
/// The rules that one request's re-rankers have set so far. Each re-ranker adds its own and then has all of them hold: first who is in
/// the slate (share of new items), then in which order (neighbours). So a later re-ranker doesn't undo an earlier one, in
/// whatever order they are named.
/// </summary>
internal sealed class SlateRules : IRequestScratch
{
    private static readonly object Owner = new();
    private readonly List<NoAdjacentReRanker> _neighbours = [];
    private FreshnessReRanker? _freshness;
    private int[] _order = new int[256];
    private int[] _codes = new int[256];

    /// <summary>The rules of a request.</summary>
    public static SlateRules Of(RequestContext context) => context.GetScratch<SlateRules>(Owner);

    /// <summary>Adds a rule on neighbours.</summary>
    public void Add(NoAdjacentReRanker rule)
    {
        if (!_neighbours.Contains(rule)) _neighbours.Add(rule);
    }

    /// <summary>Sets the rule on new items; a later one replaces an earlier one.</summary>
    public void Set(FreshnessReRanker rule) => _freshness = rule;

    /// <summary>Makes all rules hold, as far as the candidates allow.</summary>
    public void Settle(RequestContext context, CandidateTable candidates)
    {
        if (candidates.Count > _order.Length) (_order, _codes) = (new int[candidates.Count * 2], new int[candidates.Count * 2]);
        var order = _order.AsSpan(0, candidates.Count);
        _freshness?.Choose(context, candidates, order);
        foreach (var rule in _neighbours) rule.Arrange(context, candidates, order, _codes.AsSpan(0, candidates.Count), _freshness);
    }

    public void Reset()
    {
        _neighbours.Clear();
        _freshness = null;
    }
}
