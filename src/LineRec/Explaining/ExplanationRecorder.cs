namespace LineRec;

/// <summary>Watches one request and turns what it saw into an <see cref="Explanation"/>.</summary>
internal sealed class ExplanationRecorder(IFunnelObserver? next) : IFunnelObserver
{
    private readonly Dictionary<int, (IReadOnlyList<SourceScore> Sources, List<CandidateStep> Steps)> _seen = [];
    private readonly HashSet<int> _alive = [];
    private Catalog? _catalog;

    public void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates)
    {
        _catalog = context.Catalog;
        if (stage == FunnelStage.Retrieve) Begin(candidates);
        var left = new HashSet<int>(_alive);
        int position = 0;
        for (int i = 0; i < candidates.Count; i++)
        {
            int row = candidates.Rows[i];
            if (candidates.IsRemoved(i)) continue;
            left.Remove(row);
            _seen[row].Steps.Add(new CandidateStep(stage, component, candidates.Scores[i], ++position));
        }

        foreach (int row in left)
        {
            _seen[row].Steps.Add(new CandidateStep(stage, component, _seen[row].Steps is [.., var last] ? last.Score : float.NaN, null));
            _alive.Remove(row);
        }

        next?.AfterStep(stage, component, context, candidates);
    }

    public Explanation Explain(Slate slate)
    {
        var shown = slate.Items.Select((item, i) => (item.ItemId, Position: i + 1)).ToDictionary(x => x.ItemId, x => x.Position, StringComparer.Ordinal);
        var known = _seen.Select(c => new CandidateExplanation(_catalog!.IdOf(c.Key), c.Value.Sources, c.Value.Steps, Position(_catalog.IdOf(c.Key)))).ToList();
        var ids = known.Select(c => c.ItemId).ToHashSet(StringComparer.Ordinal);
        foreach (var item in slate.Items)
        {
            // No retriever of the placement proposed it: it came from the fallback.
            if (!ids.Contains(item.ItemId))
                known.Add(new CandidateExplanation(item.ItemId, [], [new CandidateStep(FunnelStage.ReRank, "fallback", item.Score, shown[item.ItemId])], shown[item.ItemId]));
        }

        return new Explanation(slate, [.. known.OrderBy(c => c.SlatePosition ?? int.MaxValue).ThenByDescending(c => c.Steps.Count).ThenBy(c => c.Steps[^1].Position ?? int.MaxValue).ThenBy(c => c.ItemId, StringComparer.Ordinal)]);

        int? Position(string itemId) => shown.TryGetValue(itemId, out int position) ? position : null;
    }

    private void Begin(CandidateTable candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            _seen[candidates.Rows[i]] = (Sources(candidates, i), []);
            _alive.Add(candidates.Rows[i]);
        }
    }

    private static List<SourceScore> Sources(CandidateTable candidates, int index)
    {
        var sources = new List<SourceScore>();
        for (int source = 0; source < candidates.Sources.Length; source++)
        {
            if ((candidates.Origins[index] >> source & 1) == 0) continue;
            var scores = candidates.SourceScores(source);
            ulong own = CandidateOrder.Key(scores[index], candidates.Rows[index]);
            int better = 0;
            for (int i = 0; i < candidates.Count; i++)
            {
                if ((candidates.Origins[i] >> source & 1) != 0 && CandidateOrder.Key(scores[i], candidates.Rows[i]) < own) better++;
            }

            sources.Add(new SourceScore(candidates.Sources[source], scores[index], better + 1));
        }

        return sources;
    }
}
