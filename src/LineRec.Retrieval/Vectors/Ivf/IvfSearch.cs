using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>Searches by probing parts of some lists: gathers the vectors whose codes say that they are among the best, and scores those in full.</summary>
internal static unsafe class IvfSearch
{
    /// <summary>The greatest number of vectors that may be scored in full.</summary>
    public const int MaxRefined = IvfQuery.Capacity - (IvfQuery.Chunk * CodeLayout.BlockVectors);

    /// <summary>How many times as many vectors as wanted the first threshold should let pass, since the model may be off.</summary>
    private const float PassingFactor = 4f;

    /// <summary>How many vectors are scanned at least for each one looked for.</summary>
    private const float LeastVectors = 2f;

    /// <summary>Where no greater share of the hoped for is found, a search by distance goes on by what it found: distances end at 0, which the model of scores doesn't know.</summary>
    private const float HopelessShare = 0.02f;

    /// <summary>Searches.</summary>
    /// <returns>Whether as many vectors were found as asked for; too few may be eligible in the probed lists.</returns>
    public static bool Probe(IvfQuery query, IvfProbe probe)
    {
        var data = query.Data;
        query.PrepareProbe();
        int refine = (int)Math.Clamp(query.K * probe.RefineFactor, query.K, MaxRefined);
        float share = query.Eligible is null ? 1f : Math.Clamp(query.Eligible.Count / (float)data.Header->Count, 1e-9f, 1f);
        float hits = Math.Min(data.Header->Count, query.K / share);
        float least = Math.Min(data.Header->Count, LeastVectors * hits);
        int count;
        IvfProbing.Choice choice;
        do
        {
            choice = IvfProbing.Choose(query, hits, probe.Distance, least);
            if (query.Eligible is not null && IvfDirect.IsCheaper(query, choice.Vectors + (4 * hits)))
            {
                IvfDirect.Score(query);
                return true;
            }

            count = GatherEnough(query, choice, refine);
            bool isHopeless = data.Space.Metric == VectorMetric.L2 && count >= query.K && choice.Vectors < data.Header->Count && CountAbove(query.Scores.AsSpan(0, count), choice.Kth) <= HopelessShare * query.K;
            if (isHopeless) count = GoOn(query, count, choice, probe.Distance, refine);
            least = 4 * Math.Max(choice.Vectors, least);
        }
        while (count < query.K && choice.Vectors < data.Header->Count && least < 16f * data.Header->Count);

        if (count > refine) count = Cut(query, count, refine);
        Refine(query, count);
        return count >= query.K;
    }

    /// <summary>Scans with a threshold that the model thinks right first; then with lower ones where it hoped for too much.</summary>
    private static int GatherEnough(IvfQuery query, IvfProbing.Choice choice, int refine)
    {
        float passing = PassingFactor * refine / query.K;
        int count = Gather(query, choice.Blocks, choice.ScorePassedBy(passing), refine);
        if (count >= refine) return count;
        count = Gather(query, choice.Blocks, choice.ScorePassedBy(20 * passing), refine);
        return count >= query.K ? count : Gather(query, choice.Blocks, float.NegativeInfinity, refine);
    }

    /// <summary>Chooses anew by the k-th score that was found, and scans. Slower, but right also where scores end sooner than the model thinks.</summary>
    private static int GoOn(IvfQuery query, int count, IvfProbing.Choice choice, float distance, int refine)
    {
        if (count > refine) count = Cut(query, count, refine);
        float threshold = TensorPrimitives.Min(query.Scores.AsSpan(0, count)), kth = threshold;
        if (count > query.K) kth = TensorPrimitives.Min(query.Scores.AsSpan(0, Cut(query, count, query.K)));
        var next = IvfProbing.Take(query, kth, distance, choice.Slope);
        return next.Vectors > choice.Vectors ? Gather(query, next.Blocks, threshold - (1e-5f * Math.Abs(threshold)), refine) : count;
    }

    /// <summary>Scans the chosen blocks for vectors above the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Gather(IvfQuery query, int blocks, float threshold, int refine)
    {
        var data = query.Data;
        float unit = query.Codes.Unit;
        int count = 0;
        for (int i = 0; i < CodeScan.ListedAhead && blocks > 0; i++) query.Blocks[blocks + i] = query.Blocks[blocks - 1];
        for (int from = 0; from < blocks; from += IvfQuery.Chunk)
        {
            int some = Math.Min(IvfQuery.Chunk, blocks - from);
            for (int b = 0; b < some; b++)
            {
                int list = query.ListsOfBlocks[from + b];
                query.Thresholds[b] = (short)Math.Clamp((threshold - query.Means[list]) / (unit * data.CodeSteps[list]), short.MinValue, short.MaxValue);
            }

            ulong marked = CodeScan.RunListed(data.Layout, query.Codes, data.Codes, query.Blocks + from, some, query.Thresholds, query.Totals, query.Masks);
            for (; marked != 0; marked &= marked - 1)
            {
                int b = BitOperations.TrailingZeroCount(marked), block = query.Blocks[from + b], list = query.ListsOfBlocks[from + b];
                float mean = query.Means[list], step = unit * data.CodeSteps[list];
                Trim(query.Masks + b, block, 1, data.ListStarts[list], data.ListStarts[list + 1]);
                for (uint mask = query.Masks[b]; mask != 0; mask &= mask - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(mask), place = (block * CodeLayout.BlockVectors) + lane;
                    if (!query.IsLive(data.Ids[place])) continue;
                    query.Places[count] = place;
                    query.Scores[count++] = mean + (query.Totals[(b * CodeLayout.BlockVectors) + lane] * step);
                }

                if (count <= IvfQuery.Capacity - CodeLayout.BlockVectors) continue;
                count = Cut(query, count, refine);
                threshold = TensorPrimitives.Min(new ReadOnlySpan<float>(query.Scores, 0, count));
            }
        }

        return count;
    }

    /// <summary>Takes the neighbours' vectors out of the masks of a list's first and last block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Trim(uint* masks, int block, int blocks, int start, int end)
    {
        if (block * CodeLayout.BlockVectors < start) masks[0] &= uint.MaxValue << (start % CodeLayout.BlockVectors);
        if ((block + blocks) * CodeLayout.BlockVectors > end) masks[blocks - 1] &= uint.MaxValue >> (CodeLayout.BlockVectors - (end % CodeLayout.BlockVectors));
    }

    /// <summary>Keeps the best of the gathered, as many as wanted or a few more; the bar is found by halving between the least and the greatest.</summary>
    private static int Cut(IvfQuery query, int count, int wanted)
    {
        float[] scores = query.Scores;
        int most = wanted + (wanted >> 5);
        var all = scores.AsSpan(0, count);
        float low = TensorPrimitives.Min<float>(all), high = TensorPrimitives.Max<float>(all);
        for (int round = 0; round < 20; round++)
        {
            float middle = low + ((high - low) / 2);
            int passing = CountAbove(all, middle);
            if (passing <= most) high = middle;
            else low = middle;
            if (passing >= wanted && passing <= most) break;
        }

        // All above the bar, then of those that halving can't tell apart (duplicates, mostly) as many as are missing.
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (scores[i] > high) Swap(query, i, kept++);
        }

        for (int i = kept; i < count && kept < wanted; i++)
        {
            if (scores[i] >= low) Swap(query, i, kept++);
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(IvfQuery query, int i, int j)
    {
        (query.Scores[i], query.Scores[j]) = (query.Scores[j], query.Scores[i]);
        (query.Places[i], query.Places[j]) = (query.Places[j], query.Places[i]);
    }

    private static int CountAbove(ReadOnlySpan<float> scores, float bar)
    {
        var (limit, passing) = (Vector256.Create(bar), Vector256<int>.Zero);
        int i = 0;
        for (; i <= scores.Length - 8; i += 8) passing -= Vector256.GreaterThan(Vector256.Create(scores[i..]), limit).AsInt32();
        int count = Vector256.Sum(passing);
        for (; i < scores.Length; i++) count += scores[i] > bar ? 1 : 0;
        return count;
    }

    private static void Refine(IvfQuery query, int count)
    {
        int[] places = query.Places;
        int* ids = query.Data.Ids;
        for (int i = 0; i < count; i++) places[i] = ids[places[i]];
        const int Ahead = 12;
        for (int i = 0; i < Math.Min(Ahead, count); i++) query.Prefetch(places[i]);
        for (int i = 0; i < count; i++)
        {
            if (i + Ahead < count) query.Prefetch(places[i + Ahead]);
            query.Best.OfferAny(query.Score(places[i]), places[i]);
        }
    }
}
