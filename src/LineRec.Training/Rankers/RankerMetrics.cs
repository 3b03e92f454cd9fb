namespace LineRec.Training;

/// <summary>How good probabilities of candidates are.</summary>
/// <param name="Auc">The chance that a chosen candidate scores above another, across requests; ties count half. NaN where all labels are alike.</param>
/// <param name="LogLoss">The mean of -log of the probability given to what happened.</param>
/// <param name="Ece">Expected calibration error: |mean probability - share chosen|, averaged over 20 bins of equally many candidates.</param>
/// <param name="Mrr">The mean over requests with a choice of 1 / place of the best placed choice. NaN without one.</param>
/// <param name="Ndcg">The mean over the same requests of NDCG of the whole list, gain 1 for a choice.</param>
public sealed record RankerMetrics(double Auc, double LogLoss, double Ece, double Mrr, double Ndcg)
{
    private const int Bins = 20;

    /// <summary>Measures scores. Ties within a request are in the order of candidates. O(n log n).</summary>
    /// <param name="scores">A probability a candidate.</param>
    /// <param name="labels">0 or 1 a candidate.</param>
    /// <param name="groupOffsets">Group g's candidates are at [groupOffsets[g], groupOffsets[g + 1]).</param>
    public static RankerMetrics Of(float[] scores, float[] labels, int[] groupOffsets)
    {
        var (mrr, ndcg) = Lists(scores, labels, groupOffsets);
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        return new RankerMetrics(AucOf(scores, labels, order), LogLossOf(scores, labels), EceOf(scores, labels, order), mrr, ndcg);
    }

    private static double AucOf(float[] scores, float[] labels, int[] order)
    {
        double ranks = 0, positives = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = from;
            int chosen = 0;
            while (to < order.Length && scores[order[to]].Equals(scores[order[from]]))
                chosen += labels[order[to++]] > 0 ? 1 : 0;
            ranks += chosen * ((from + 1 + to) / 2.0); // ties share the mean of their ranks
            positives += chosen;
        }

        return (ranks - (positives * (positives + 1) / 2)) / (positives * (order.Length - positives));
    }

    private static double LogLossOf(float[] scores, float[] labels)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++) sum -= Math.Log(Math.Max(1e-12, labels[i] > 0 ? scores[i] : 1.0 - scores[i]));
        return sum / scores.Length;
    }

    private static double EceOf(float[] scores, float[] labels, int[] order)
    {
        double error = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            double gap = 0;
            for (int i = (int)((long)order.Length * bin / Bins); i < (int)((long)order.Length * (bin + 1) / Bins); i++) gap += scores[order[i]] - labels[order[i]];
            error += Math.Abs(gap);
        }

        return error / order.Length;
    }

    private static (double Mrr, double Ndcg) Lists(float[] scores, float[] labels, int[] groupOffsets)
    {
        double mrr = 0, ndcg = 0;
        int lists = 0;
        for (int group = 0; group + 1 < groupOffsets.Length; group++)
        {
            int start = groupOffsets[group], length = groupOffsets[group + 1] - start;
            int[] order = [.. Enumerable.Range(start, length).OrderByDescending(i => scores[i])];
            int[] places = [.. Enumerable.Range(0, length).Where(place => labels[order[place]] > 0)];
            if (places.Length == 0) continue;
            lists++;
            mrr += 1.0 / (places[0] + 1);
            ndcg += places.Sum(Gain) / Enumerable.Range(0, places.Length).Sum(Gain);
        }

        return (mrr / lists, ndcg / lists);
    }

    private static double Gain(int place) => 1 / Math.Log2(place + 2);
}
