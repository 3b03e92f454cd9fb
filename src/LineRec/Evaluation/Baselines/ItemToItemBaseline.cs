using System.Collections.Concurrent;

namespace LineRec;

/// <summary>
/// Item-to-item collaborative filtering by cosine co-occurrence, computed exactly over all items: score(j) = Σ over history items i of
/// recency(i) × C[i, j] / (√C[i, i] × C[j, j]^beta), where a user weighs activity^-alpha in C. Grid: alpha (user activity), beta (candidate
/// popularity; 0.5 is the cosine), recency, whether an item counts as its own neighbour, which event types count.
/// </summary>
/// <remarks>
/// B. Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW 2001; the activity weight is that of inverse user
/// frequency (J. Breese et al., UAI 1998). Written apart from the product's own retriever on purpose: a baseline must not move with it.
/// </remarks>
public static class ItemToItemBaseline
{
    /// <summary>Its name in reports.</summary>
    public const string Name = "item_to_item";

    private static readonly double[] ActivityExponentGrid = [0.5, 0, 1];
    private static readonly double[] PopularityExponentGrid = [0.5, 0.25, 0, 0.75];
    private static readonly bool[] SelfGrid = [false, true];

    /// <summary>Tunes and fits it.</summary>
    /// <param name="data">The data.</param>
    /// <param name="fill">The tuned recent popularity, which fills lists up.</param>
    internal static TunedBaseline Tune(BaselineData data, RecentFill fill)
    {
        var before = data.Events.Before(data.ValidationStart);
        var variants = (from beta in Enumerable.Range(0, PopularityExponentGrid.Length)
                        from self in SelfGrid
                        from recency in Enumerable.Range(0, HistoryRecency.Grid.Length)
                        select new Variant(beta, self, recency)).ToArray();
        var counting = (from weights in EventWeights.GridFor(data.Events, data.Target) from alpha in ActivityExponentGrid select (weights, alpha)).ToArray();
        var (bestCounting, bestVariant, bestRecall) = (counting[0], variants[0], -1.0);
        foreach (var (weights, alpha) in counting)
        {
            // Counting is what costs: all variants that share it are judged in one pass over the users.
            var counts = CoOccurrence.Count(before, data.ItemCount, weights, alpha);
            var (best, recall) = FindBestVariant(data, fill, weights, counts, variants);
            if (recall > bestRecall) (bestCounting, bestVariant, bestRecall) = ((weights, alpha), variants[best], recall);
        }

        var fitted = CoOccurrence.Count(data.Events.Before(data.Split), data.ItemCount, bestCounting.weights, bestCounting.alpha);
        return new TunedBaseline(
            CreateSystem(data, fill, bestCounting.weights, fitted, bestVariant),
            FormattableString.Invariant(
                $"activity^-{bestCounting.alpha}, popularity^-{PopularityExponentGrid[bestVariant.Popularity]}, {HistoryRecency.Grid[bestVariant.Recency]}, {(bestVariant.Self ? "with" : "without")} self, {bestCounting.weights.Name}"),
            bestRecall,
            counting.Length * variants.Length);
    }

    private static (int Best, double Recall) FindBestVariant(BaselineData data, RecentFill fill, EventWeights weights, CoOccurrence counts, Variant[] variants)
    {
        float[][] scales = [.. PopularityExponentGrid.Select(beta => ScaleBy(counts, beta))];
        var pool = new ConcurrentBag<ItemToItemScratch>();
        return BaselineTuning.FindBest(data, variants.Length, (question, recalls) =>
        {
            if (!pool.TryTake(out var scratch)) scratch = new ItemToItemScratch(data.ItemCount);
            scratch.Accumulate(counts, weights, question);
            Span<int> rows = stackalloc int[data.K];
            for (int v = 0; v < variants.Length; v++)
            {
                if (variants[v].Recency == 0) scratch.FindBest(variants[v].Self, scales[variants[v].Popularity], question, data.K);
                int count = scratch.CopyBest(variants[v].Recency, rows);
                recalls[v] = BaselineTuning.Recall(rows[..fill.Validation.Fill(question, rows, count)], question, data.K);
            }

            pool.Add(scratch);
        });
    }

    private static RankedSystem CreateSystem(BaselineData data, RecentFill fill, EventWeights weights, CoOccurrence counts, Variant variant)
    {
        float[] scale = ScaleBy(counts, PopularityExponentGrid[variant.Popularity]);
        var pool = new ConcurrentBag<ItemToItemScratch>();
        return new RankedSystem(Name, (question, rows) =>
        {
            if (!pool.TryTake(out var scratch)) scratch = new ItemToItemScratch(data.ItemCount);
            scratch.Accumulate(counts, weights, question);
            scratch.FindBest(variant.Self, scale, question, rows.Length);
            int count = scratch.CopyBest(variant.Recency, rows);
            pool.Add(scratch);
            return fill.Test.Fill(question, rows, count);
        });
    }

    private static float[] ScaleBy(CoOccurrence counts, double beta) =>
        [.. counts.Diagonal.Select(n => n > 0 ? (float)Math.Pow(n, -beta) : 0f)];

    private readonly record struct Variant(int Popularity, bool Self, int Recency);
}
