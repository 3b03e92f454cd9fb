using System.Numerics;

namespace LineRec.Training;

/// <summary>The items of highest score: descending, ties by ascending number; NaN and items that are left out never.</summary>
internal static class TopItems
{
    /// <summary>Finds them. A heap of the best so far; whole vectors of scores that are all below its worst are passed over.</summary>
    /// <param name="scores">[items]; those of the left-out items are overwritten.</param>
    /// <param name="leftOut">Items that don't count.</param>
    /// <param name="top">Filled with the best items.</param>
    /// <returns>How many were found: fewer than asked for where there aren't so many.</returns>
    public static int Find(Span<float> scores, ReadOnlySpan<int> leftOut, Span<int> top)
    {
        foreach (int item in leftOut) scores[item] = float.NaN;
        var best = new PriorityQueue<int, (float Score, int NegatedItem)>(top.Length + 1);
        float limit = float.NegativeInfinity;
        for (int from = 0; from < scores.Length; from += Vector<float>.Count)
        {
            int end = Math.Min(scores.Length, from + Vector<float>.Count);
            if (end - from == Vector<float>.Count && best.Count == top.Length && !Vector.GreaterThanAny(new Vector<float>(scores[from..]), new Vector<float>(limit))) continue;
            for (int item = from; item < end; item++)
            {
                float score = scores[item];
                if (float.IsNaN(score) || (best.Count == top.Length && !(score > limit))) continue;
                if (best.Count < top.Length) best.Enqueue(item, (score, -item));
                else best.EnqueueDequeue(item, (score, -item));
                if (best.Count == top.Length && best.TryPeek(out _, out var worst)) limit = worst.Score;
            }
        }

        int found = best.Count;
        for (int rank = found - 1; rank >= 0; rank--) top[rank] = best.Dequeue();
        return found;
    }
}
