namespace LineRec;

/// <summary>Sees one case through the funnel: the ranked list, the slate, and the recall and candidates after each stage. Not thread-safe; reused.</summary>
/// <param name="k">How long the judged lists are.</param>
internal sealed class FunnelProbe(int k) : IFunnelObserver
{
    public const int StageCount = 4;

    private readonly int[] _ranked = new int[k];
    private readonly int[] _slate = new int[k];
    private readonly bool[] _seen = new bool[StageCount];
    private readonly double[] _recalls = new double[StageCount];
    private readonly int[] _candidates = new int[StageCount];
    private ulong[] _keys = new ulong[256];
    private EvaluationCase _case = null!;
    private string _placement = "";
    private int _rankedCount;
    private int _slateCount;

    public int K => k;

    /// <summary>The best k after the last ranker.</summary>
    public ReadOnlySpan<int> Ranked => _ranked.AsSpan(0, _rankedCount);

    public ReadOnlySpan<int> Slate => _slate.AsSpan(0, _slateCount);

    /// <summary>Recall after each <see cref="FunnelStage"/>: among all candidates after retrieval and filters, among the best k after ranking and re-ranking.</summary>
    public ReadOnlySpan<double> Recalls => _recalls;

    /// <summary>Candidates left after each <see cref="FunnelStage"/>.</summary>
    public ReadOnlySpan<int> Candidates => _candidates;

    public bool IsDegraded { get; private set; }

    public void Begin(string placement, EvaluationCase evaluationCase)
    {
        (_placement, _case, _rankedCount, _slateCount, IsDegraded) = (placement, evaluationCase, 0, 0, false);
        Array.Clear(_seen);
        Array.Clear(_recalls);
        Array.Clear(_candidates);
    }

    public void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates)
    {
        // A fallback that stands in is another placement's funnel. The last step of a stage has the last word.
        if (stage == FunnelStage.ReRank || context.Request.Placement != _placement) return;
        _seen[(int)stage] = true;
        _candidates[(int)stage] = candidates.Count - candidates.RemovedCount;

        // Without a ranker what filters and merge left is the ranking, by score.
        TakeBest(candidates);
        _recalls[(int)stage] = stage == FunnelStage.Rank ? RecallOf(Ranked) : RecallAmongAll(candidates);
    }

    public void End(Slate slate, Catalog catalog)
    {
        IsDegraded = slate.Degradations.Count > 0;
        foreach (var item in slate.Items)
        {
            if (_slateCount == k) break;
            if (!catalog.TryGetRow(item.ItemId, out int row))
                throw new InvalidOperationException($"The slate of bundle '{slate.BundleVersion}' holds item '{item.ItemId}', which the evaluation's catalog doesn't. Evaluate with the catalog of the bundle that serves.");
            if (IsAllowed(row)) _slate[_slateCount++] = row;
        }

        if (!_seen[(int)FunnelStage.Filter]) Inherit(FunnelStage.Filter, _recalls[(int)FunnelStage.Retrieve]);
        if (!_seen[(int)FunnelStage.Rank]) Inherit(FunnelStage.Rank, RecallOf(Ranked));
        _recalls[(int)FunnelStage.ReRank] = RecallOf(Slate);
        _candidates[(int)FunnelStage.ReRank] = _slateCount;
    }

    private void Inherit(FunnelStage stage, double recall)
    {
        _recalls[(int)stage] = recall;
        _candidates[(int)stage] = _candidates[(int)stage - 1];
    }

    private double RecallOf(ReadOnlySpan<int> list) => RankingMetrics.Recall(list, _case.Targets, k, _case.UnknownTargets);

    private double RecallAmongAll(CandidateTable candidates)
    {
        int hits = 0;
        foreach (int target in _case.Targets)
        {
            if (candidates.Rows.IndexOf(target) is var index and >= 0 && !candidates.IsRemoved(index)) hits++;
        }

        return (double)hits / (_case.Targets.Length + _case.UnknownTargets);
    }

    private void TakeBest(CandidateTable candidates)
    {
        if (_keys.Length < candidates.Count) _keys = new ulong[candidates.Count];
        int count = 0;
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsRemoved(i) && IsAllowed(candidates.Rows[i])) _keys[count++] = CandidateOrder.Key(candidates.Scores[i], candidates.Rows[i]);
        }

        _keys.AsSpan(0, count).Sort();
        _rankedCount = Math.Min(count, k);
        for (int i = 0; i < _rankedCount; i++) _ranked[i] = (int)(uint)_keys[i];
    }

    private bool IsAllowed(int row) => _case.ExcludedRows.Length == 0 || Array.BinarySearch(_case.ExcludedRows, row) < 0;
}
