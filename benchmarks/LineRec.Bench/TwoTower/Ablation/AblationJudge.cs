using LineRec.Training;

namespace LineRec.Bench.TwoTower;

/// <summary>What a model alone, without other retrievers and without a ranker, retrieves.</summary>
internal sealed class AblationJudge(AblationLog log)
{
    private const int K = EvaluationDefaults.K, ColdK = 100;

    /// <summary>Mean Recall@20 and NDCG@20 over the cases of a task; the model's user number i is that of case i.</summary>
    public static (double Recall, double Ndcg) Judge(IMatchingModel model, IReadOnlyList<EvaluationCase> cases)
    {
        double recall = 0, ndcg = 0;
        var scores = new float[model.ItemCount];
        int[] top = new int[K];
        for (int i = 0; i < cases.Count; i++)
        {
            Score(model, cases, i, scores);
            foreach (int row in cases[i].ExcludedRows) scores[row] = float.NegativeInfinity;
            int[] ranked = Top(scores, top);
            recall += RankingMetrics.Recall(ranked, cases[i].Targets, K, cases[i].UnknownTargets);
            ndcg += RankingMetrics.Ndcg(ranked, cases[i].Targets, K, cases[i].UnknownTargets);
        }

        return (recall / cases.Count, ndcg / cases.Count);
    }

    /// <summary>Which questions have cold targets, with only those as targets.</summary>
    public IReadOnlyList<EvaluationCase> ColdCases()
    {
        var cold = log.ColdItems.ToHashSet();
        return [.. log.Clicks.Select(c => c with { Targets = [.. c.Targets.Where(cold.Contains)], UnknownTargets = 0 }).Where(c => c.Targets.Length > 0)];
    }

    /// <summary>Mean Recall@100 of cold targets among the cold items. A random hundred of them has 100 / their number.</summary>
    public double JudgeCold(IMatchingModel model, IReadOnlyList<EvaluationCase> cases)
    {
        double recall = 0;
        float[] scores = new float[model.ItemCount], own = new float[log.ColdItems.Length];
        int[] top = new int[Math.Min(ColdK, own.Length)];
        for (int i = 0; i < cases.Count; i++)
        {
            Score(model, cases, i, scores);
            for (int c = 0; c < own.Length; c++) own[c] = scores[log.ColdItems[c]];
            recall += RankingMetrics.Recall([.. Top(own, top).Select(c => log.ColdItems[c])], cases[i].Targets, ColdK);
        }

        return recall / cases.Count;
    }

    /// <summary>Recall@100 of a random hundred.</summary>
    public double RandomCold => Math.Min(1, (double)ColdK / log.ColdItems.Length);

    private static void Score(IMatchingModel model, IReadOnlyList<EvaluationCase> cases, int i, Span<float> scores) =>
        model.Score(i, [.. cases[i].HistoryRows.ToArray().Where(row => row >= 0).Distinct().Order()], scores);

    private static int[] Top(float[] scores, int[] top)
    {
        int count = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            if (count == top.Length && scores[row] <= scores[top[^1]]) continue;
            if (count < top.Length) count++;
            int at = count - 1;
            for (; at > 0 && scores[row] > scores[top[at - 1]]; at--) top[at] = top[at - 1];
            top[at] = row;
        }

        return top;
    }
}
