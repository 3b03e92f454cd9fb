using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// Exact search with a certificate. A probe gives a bar that the k-th score is known to reach. Then every list is scanned but those whose longest residual can't reach the bar. The first
/// plane of the codes rules out most blocks: what a vector could gain in the second is at most the product of lengths. A vector is scored in full unless the most that its codes allow
/// is below the bar: code error, query rounding and second plane by Cauchy-Schwarz, rounding of single precision by a bound.
/// </summary>
internal static unsafe class IvfExact
{
    /// <summary>How the bar is found: a probe that is almost exact makes the scan let few vectors pass.</summary>
    private static readonly IvfProbe Start = new() { LeastChance = 0.003f, RefineFactor = 1.2f };

    /// <summary>Vectors that are scored together, and blocks whose second plane is read together, so that memory fetches them side by side.</summary>
    private const int Together = 48;

    /// <summary>How many deviations of the first plane's sums its threshold must be above their mean; below, too many blocks pass for it to pay.</summary>
    private const float PayingDistance = 1.8f;

    /// <summary>Finds the bar.</summary>
    public static void Begin(IvfQuery query)
    {
        if (query.K <= IvfSearch.MaxRefined / 2) IvfSearch.Probe(query, Start);
        query.StartOver();
        query.RaiseBar();
        DotProduct.ScoreAll(query.Data.Centroids, query.Data.Lists, query.Coded, query.Data.Space.CodedDimension, new Span<float>(query.Means, query.Data.Lists));
    }

    /// <summary>A query's thresholds and marks in a chunk of a list. A block's threshold is (<see cref="Bar"/> - error × length) × <see cref="Scale"/> - <see cref="Slack"/>.</summary>
    private ref struct Marks(short* thresholds, uint* masks)
    {
        public readonly short* HeadThresholds = thresholds;
        public readonly short* Thresholds = thresholds + IvfQuery.Chunk;
        public readonly uint* Masks = masks;
        public float Bar;
        public float Scale;
        public float Slack;
    }

    /// <summary>Scans all lists for several queries, two at a time while a list is in the cache.</summary>
    public static void Scan(IvfData data, ReadOnlySpan<IvfQuery> queries)
    {
        short* thresholds = stackalloc short[4 * IvfQuery.Chunk], totals = stackalloc short[IvfQuery.Chunk * CodeLayout.BlockVectors];
        uint* masks = stackalloc uint[2 * IvfQuery.Chunk];
        Marks first = new(thresholds, masks), second = new(thresholds + (2 * IvfQuery.Chunk), masks + IvfQuery.Chunk);
        Span<int> reaching = stackalloc int[queries.Length];
        for (int list = 0; list < data.Lists; list++)
        {
            int count = 0;
            for (int i = 0; i < queries.Length; i++)
            {
                reaching[count] = i;
                count += Reaches(data, queries[i], list) ? 1 : 0;
            }

            for (int i = 0; i + 1 < count; i += 2) ScanPair(data, list, queries[reaching[i]], queries[reaching[i + 1]], ref first, ref second, totals);
            if (count % 2 == 1) ScanOne(data, list, queries[reaching[count - 1]], ref first, totals, queries.Length == 1 ? CodeScan.FarAhead : 0);
        }

        foreach (var query in queries)
        {
            ReadQueued(data, query);
            Score(data, query);
        }
    }

    /// <summary>Whether a vector of a list could be among the best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Reaches(IvfData data, IvfQuery query, int list) => query.Bar - query.Means[list] <= query.ScaledLength * data.Radii[list];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanOne(IvfData data, int list, IvfQuery query, ref Marks marks, short* totals, nint ahead)
    {
        int start = data.ListStarts[list], end = data.ListStarts[list + 1], last = CodeLayout.BlocksOf(end);
        SetBar(data, query, list, ref marks);
        for (int block = start / CodeLayout.BlockVectors; block < last; block += IvfQuery.Chunk)
        {
            int blocks = Math.Min(IvfQuery.Chunk, last - block);
            SetThresholds(data, query, block, blocks, ref marks);
            bool headOnly = data.Layout.IsSplit && marks.HeadThresholds[blocks / 2] * query.Codes.Unit * data.CodeSteps[list] * data.InverseSteps[list] * IvfListCoder.StepOfDeviation > PayingDistance * query.HeadLength;
            ulong marked = CodeScan.Run(data.Layout, query.Codes, data.Codes.At(data.Layout, block), blocks, headOnly ? marks.HeadThresholds : marks.Thresholds, totals, marks.Masks, headOnly, ahead, ahead);
            IvfSearch.Trim(marks.Masks, block, blocks, start, end);
            for (; headOnly && marked != 0; marked &= marked - 1)
            {
                int b = BitOperations.TrailingZeroCount(marked);
                Queue(data, query, block + b, marks.Thresholds[b], marks.Masks[b]);
            }

            Take(data, query, block, marked, marks.Masks);
            if (query.Queued >= Together) ReadQueued(data, query);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanPair(IvfData data, int list, IvfQuery query, IvfQuery other, ref Marks marks, ref Marks others, short* totals)
    {
        int start = data.ListStarts[list], end = data.ListStarts[list + 1], last = CodeLayout.BlocksOf(end);
        SetBar(data, query, list, ref marks);
        SetBar(data, other, list, ref others);
        for (int block = start / CodeLayout.BlockVectors; block < last; block += IvfQuery.Chunk)
        {
            int blocks = Math.Min(IvfQuery.Chunk, last - block);
            SetThresholds(data, query, block, blocks, ref marks);
            SetThresholds(data, other, block, blocks, ref others);
            var (marked, otherMarked) = CodeScan.MarkPair(data.Layout, new(query.Codes, marks.HeadThresholds, marks.Thresholds, marks.Masks), new(other.Codes, others.HeadThresholds, others.Thresholds, others.Masks), data.Codes.At(data.Layout, block), blocks, totals);
            IvfSearch.Trim(marks.Masks, block, blocks, start, end);
            IvfSearch.Trim(others.Masks, block, blocks, start, end);
            Take(data, query, block, marked, marks.Masks);
            Take(data, other, block, otherMarked, others.Masks);
        }
    }

    /// <summary>What codes of a list must reach; query rounding and all but the blocks' errors allowed for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetBar(IvfData data, IvfQuery query, int list, ref Marks marks)
    {
        double reach = query.Bar - query.Means[list] - (query.Codes.Rounding * data.CodeRadii[list] * data.CodeSteps[list]);
        (marks.Bar, marks.Scale, marks.Slack) = ((float)(reach - (Math.Abs(reach) * 1e-6)), query.InverseUnit / data.CodeSteps[list], query.Codes.TotalSlack + 2f);
        if (!(marks.Scale < 1e30f) || !float.IsFinite(marks.Bar)) (marks.Bar, marks.Scale, marks.Slack) = (0, 0, short.MaxValue + 1f); // everything could reach it
    }

    /// <summary>Thresholds for both planes together, and for the first alone with the most that the second could add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetThresholds(IvfData data, IvfQuery query, int block, int blocks, ref Marks marks)
    {
        float* errors = data.BlockErrors + block, tails = data.TailRadii + block;
        var (bar, scale, slack) = (Vector256.Create(marks.Bar), Vector256.Create(marks.Scale), Vector256.Create(marks.Slack));
        var (length, headLength, tailLength) = (Vector256.Create(query.ScaledLength), Vector256.Create(query.HeadLength), Vector256.Create(query.TailLength));
        for (int b = 0; b < blocks; b += 8)
        {
            var error = Vector256.Load(errors + b);
            Store(((bar - (error * length)) * scale) - slack, marks.Thresholds + b);
            Store(((bar - (error * headLength) - (Vector256.Load(tails + b) * tailLength)) * scale) - slack, marks.HeadThresholds + b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> totals, short* thresholds)
    {
        var whole = Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(totals, Vector256.Create((float)short.MinValue)), Vector256.Create(short.MaxValue - 1f)));
        Vector128.Narrow(whole.GetLower(), whole.GetUpper()).Store(thresholds);
    }

    /// <summary>Takes the marked vectors of a chunk, and scores when there are many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(IvfData data, IvfQuery query, int block, ulong marked, uint* masks)
    {
        for (; marked != 0; marked &= marked - 1)
        {
            int b = BitOperations.TrailingZeroCount(marked);
            TakeVectors(query, block + b, masks[b]);
        }

        if (query.Pending >= Together) Score(data, query);
    }

    /// <summary>Lets a block's second plane be fetched, to be read later: memory answers many requests side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Queue(IvfData data, IvfQuery query, int block, short threshold, uint mask)
    {
        (query.QueuedBlocks[query.Queued], query.QueuedThresholds[query.Queued], query.QueuedMasks[query.Queued]) = (block, threshold, mask);
        query.Queued++;
        if (!Sse.IsSupported) return;
        byte* tail = data.Codes.At(data.Layout, block).Tail;
        for (int i = 0; i < data.Layout.TailBytes; i += CodeLayout.RowBytes) Sse.Prefetch0(tail + i);
    }

    /// <summary>Scans the queued blocks in full.</summary>
    private static void ReadQueued(IvfData data, IvfQuery query)
    {
        for (int i = 0; i < query.Queued; i++)
        {
            int block = query.QueuedBlocks[i];
            short threshold = query.QueuedThresholds[i];
            uint mask;
            CodeScan.Run(data.Layout, query.Codes, data.Codes.At(data.Layout, block), 1, &threshold, query.Totals, &mask);
            TakeVectors(query, block, mask & query.QueuedMasks[i]);
        }

        query.Queued = 0;
        if (query.Pending >= Together) Score(data, query);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeVectors(IvfQuery query, int block, uint mask)
    {
        for (; mask != 0; mask &= mask - 1) query.Places[query.Pending++] = (block * CodeLayout.BlockVectors) + BitOperations.TrailingZeroCount(mask);
    }

    /// <summary>Scores what is pending, in three rounds whose misses of the cache overlap: which rows, their vectors, their scores.</summary>
    private static void Score(IvfData data, IvfQuery query)
    {
        int[] places = query.Places;
        int count = 0;
        for (int i = 0; i < query.Pending; i++) places[i] = data.Ids[places[i]];
        for (int i = 0; i < query.Pending; i++)
        {
            int row = places[i];
            if (!query.IsLive(row)) continue;
            query.Prefetch(row);
            places[count++] = row;
        }

        for (int i = 0; i < count; i++) query.Best.Offer(query.Score(places[i]), places[i]);
        query.Pending = 0;
        query.RaiseBar();
    }
}
