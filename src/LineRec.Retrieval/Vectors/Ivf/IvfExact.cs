using System.Numerics;
using System.Runtime.CompilerServices;

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
        int dimension = data.Space.CodedDimension;
        double reach = query.Bar() - DotProduct.ScoreAt(data.Centroids, list, query.Coded, dimension);
        if (reach > query.ScaledLength * data.Radii[list]) return;
        float step = query.Codes.Unit * data.Steps[list];
        reach -= query.Codes.Rounding * data.CodeRadii[list] * data.Steps[list];
        double inverse = 1 / (double)step, slack = query.Codes.TotalSlack + 1;
        int start = data.ListStarts[list], end = data.ListStarts[list + 1], last = CodeLayout.BlocksOf(end);
        for (int block = start / CodeLayout.BlockVectors; block < last; block += IvfQuery.Chunk)
        {
            int blocks = Math.Min(IvfQuery.Chunk, last - block);
            for (int b = 0; b < blocks; b++)
                query.Thresholds[b] = (short)Math.Clamp(((reach - (query.ScaledLength * data.BlockErrors[block + b])) * inverse) - slack, short.MinValue, short.MaxValue - 1);
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

    private static void Score(IvfQuery query)
    {
        for (int i = 0; i < query.Pending; i++) query.Best.Offer(query.Score(query.Places[i]), query.Places[i]);
        query.Pending = 0;
    }
}
