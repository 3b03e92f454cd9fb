using System.Numerics.Tensors;
using LineRec.Training;

namespace LineRec.Bench.TwoTower;

/// <summary>What a trained two-tower alone, without other retrievers and without a ranker, retrieves.</summary>
internal sealed class AblationJudge(AblationLog log)
{
    private const int K = EvaluationDefaults.K, ColdK = 100;

    /// <summary>Mean Recall@20 and NDCG@20 over the cases of a task.</summary>
    public static (double Recall, double Ndcg) Judge(TwoTowerModel model, IReadOnlyList<EvaluationCase> cases)
    {
        using var users = Encode(model, cases);
        double recall = 0, ndcg = 0;
        var scores = new float[model.ItemVectors.Rows];
        int[] top = new int[K];
        for (int i = 0; i < cases.Count; i++)
        {
            for (int row = 0; row < scores.Length; row++) scores[row] = TensorPrimitives.Dot(users[i], model.ItemVectors[row]);
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
    public double JudgeCold(TwoTowerModel model, IReadOnlyList<EvaluationCase> cases)
    {
        using var users = Encode(model, cases);
        double recall = 0;
        var scores = new float[log.ColdItems.Length];
        int[] top = new int[Math.Min(ColdK, scores.Length)];
        for (int i = 0; i < cases.Count; i++)
        {
            for (int c = 0; c < scores.Length; c++) scores[c] = TensorPrimitives.Dot(users[i], model.ItemVectors[log.ColdItems[c]]);
            recall += RankingMetrics.Recall([.. Top(scores, top).Select(c => log.ColdItems[c])], cases[i].Targets, ColdK);
        }

        return recall / cases.Count;
    }

    /// <summary>Recall@100 of a random hundred.</summary>
    public double RandomCold => Math.Min(1, (double)ColdK / log.ColdItems.Length);

    private static NpyMatrix<float> Encode(TwoTowerModel model, IReadOnlyList<EvaluationCase> cases)
    {
        List<int> rows = [], offsets = [0];
        List<EventType> types = [];
        List<long> times = [];
        foreach (var question in cases)
        {
            for (int e = 0; e < question.HistoryRows.Length; e++)
            {
                if (question.HistoryRows.Span[e] < 0) continue;
                rows.Add(question.HistoryRows.Span[e]);
                types.Add(question.HistoryTypes.Span[e]);
                times.Add(question.HistoryTimes.Span[e]);
            }

            offsets.Add(rows.Count);
        }

        return model.EncodeUsers(new InteractionTable([.. cases.Select(c => c.UserId)], [.. offsets], [.. rows], [.. types], [.. times]));
    }

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
