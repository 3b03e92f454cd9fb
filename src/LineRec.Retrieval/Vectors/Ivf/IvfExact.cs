using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// Exact search with a certificate. A probe gives a bar that the k-th score is known to reach. Then every list is scanned but those whose longest residual can't reach the bar; a vector is
/// scored in full unless the most that its codes allow is below it: code error and query rounding by Cauchy-Schwarz, rounding of single precision by a bound.
/// </summary>
internal static unsafe class IvfExact
{
    /// <summary>How the bar is found: a probe that is almost exact makes the scan let few vectors pass.</summary>
    private static readonly IvfProbe Start = new() { LeastChance = 0.003f, RefineFactor = 1.2f };

    /// <summary>Vectors that are scored together, so that memory fetches them side by side.</summary>
    private const int ScoredTogether = 48;

    /// <summary>Finds the bar.</summary>
    public static void Begin(IvfQuery query)
    {
        if (query.K <= IvfSearch.MaxRefined / 2) IvfSearch.Probe(query, Start);
        query.StartOver();
        DotProduct.ScoreAll(query.Data.Centroids, query.Data.Lists, query.Coded, query.Data.Space.CodedDimension, query.Means);
    }

    /// <summary>Scans all lists for several queries, a list for one after the other while it is in the cache.</summary>
    public static void Scan(IvfData data, ReadOnlySpan<IvfQuery> queries)
    {
        for (int list = 0; list < data.Lists; list++)
        {
            foreach (var query in queries) ScanList(data, query, list, queries.Length == 1 ? CodeScan.FarAhead : 0);
        }

        foreach (var query in queries) Score(query);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanList(IvfData data, IvfQuery query, int list, nint ahead)
    {
        double reach = query.Bar() - query.Means[list];
        if (reach > query.ScaledLength * data.Radii[list]) return;
        reach -= query.Codes.Rounding * data.CodeRadii[list] * data.Steps[list];
        int start = data.ListStarts[list], end = data.ListStarts[list + 1], last = CodeLayout.BlocksOf(end);
        for (int block = start / CodeLayout.BlockVectors; block < last; block += IvfQuery.Chunk)
        {
            int blocks = Math.Min(IvfQuery.Chunk, last - block);
            SetThresholds(query, reach, query.Codes.Unit * data.Steps[list], data.BlockErrors + block, blocks);
            CodeScan.Run(data.Layout, query.Codes, data.Codes + ((long)block * data.Layout.BlockBytes), blocks, query.Thresholds, query.Totals, query.Masks, ahead);
            IvfSearch.Trim(query.Masks, block, blocks, start, end);
            for (int b = 0; b < blocks; b++)
            {
                for (uint mask = query.Masks[b]; mask != 0; mask &= mask - 1)
                {
                    int row = data.Ids[((block + b) * CodeLayout.BlockVectors) + BitOperations.TrailingZeroCount(mask)];
                    if (!query.IsLive(row)) continue;
                    query.Prefetch(row);
                    query.Places[query.Pending++] = row;
                }
            }

            if (query.Pending >= ScoredTogether) Score(query);
        }
    }

    /// <summary>The least totals that could belong to a product as great as the reach, less one; a block's error and all rounding allowed for.</summary>
    private static void SetThresholds(IvfQuery query, double reach, float step, float* errors, int blocks)
    {
        float least = (float)(reach - (Math.Abs(reach) * 1e-6)), inverse = 1 / step;
        if (!(inverse < 1e30f) || !float.IsFinite(least))
        {
            new Span<short>(query.Thresholds, blocks).Fill(short.MinValue); // everything could
            return;
        }

        var (bar, length, scale, slack) = (Vector256.Create(least), Vector256.Create(query.ScaledLength), Vector256.Create(inverse), Vector256.Create(query.Codes.TotalSlack + 2f));
        for (int b = 0; b < blocks; b += 8)
        {
            var total = ((bar - (Vector256.Load(errors + b) * length)) * scale) - slack;
            total = Vector256.MinNative(Vector256.MaxNative(total, Vector256.Create((float)short.MinValue)), Vector256.Create(short.MaxValue - 1f));
            var whole = Vector256.ConvertToInt32Native(total);
            Vector128.Narrow(whole.GetLower(), whole.GetUpper()).Store(query.Thresholds + b);
        }
    }

    private static void Score(IvfQuery query)
    {
        for (int i = 0; i < query.Pending; i++) query.Best.Offer(query.Score(query.Places[i]), query.Places[i]);
        query.Pending = 0;
    }
}
