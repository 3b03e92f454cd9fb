using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// Chooses the lists that a search visits. The scores of a list's vectors are taken for a normal distribution around the query's product with
/// the list's mean; from all lists together follows where the k-th best score lies, and from that how likely a vector of each list is to be among the best k. Lists
/// are visited where that chance is worth the scan, and of a list only the blocks where it is: few for an easy query, more for a hard one, and at the margin a scanned vector brings as much recall for one query as for another.
/// </summary>
internal static unsafe class IvfProbing
{
    /// <summary>How far the logarithm of the number of vectors above the k-th score may be off.</summary>
    private const float Tolerance = 0.15f;

    /// <summary>How often a step is doubled before nothing is expected of it any more; a damaged file could ask for ever.</summary>
    private const int MostDoublings = 64;

    /// <summary>What was chosen: the first <see cref="Blocks"/> of the query's blocks.</summary>
    /// <param name="Blocks">How many blocks.</param>
    /// <param name="Vectors">How many vectors they have, about.</param>
    /// <param name="Kth">Where the model says the k-th best score is.</param>
    /// <param name="Slope">By how much the logarithm of the number of better vectors falls a score.</param>
    public readonly record struct Choice(int Blocks, float Vectors, float Kth, float Slope)
    {
        /// <summary>The score that about so many times k vectors pass.</summary>
        public float ScorePassedBy(float times) => Kth - (MathF.Log(times) / Slope);
    }

    /// <summary>Chooses lists. Scores are relative: the query's product with the centroids' mean is left out.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hits">How many best vectors are looked for, over all rows.</param>
    /// <param name="distance">How many deviations above the mean of a visited part the k-th score may be.</param>
    /// <param name="least">How many vectors the blocks must have together: where scores aren't distributed as the model thinks, it may hope for too much.</param>
    public static Choice Choose(IvfQuery query, float hits, float distance, float least)
    {
        var data = query.Data;
        ScoreLists(query);
        float slope = 1;
        float kth = data.Header->Count <= hits ? float.NegativeInfinity : Solve(query, hits, out slope);
        var choice = Take(query, kth, distance, slope);
        return choice.Vectors >= least ? choice : Lower(query, choice, distance, least);
    }

    /// <summary>The query's products with the lists' means.</summary>
    private static void ScoreLists(IvfQuery query)
    {
        var data = query.Data;
        if (query.ScoresListsInFull)
        {
            DotProduct.ScoreAll(data.Centroids, data.Lists, query.Coded, data.Space.CodedDimension, new Span<float>(query.Means, data.Lists));
            return;
        }

        CodeScan.Run(data.CentroidLayout, query.CentroidCodes, new CodePlanes(data.CentroidCodes, null), CodeLayout.BlocksOf(data.Lists), query.Thresholds, query.CentroidTotals, query.Masks);
        var unit = Vector256.Create(query.CentroidCodes.Unit * data.Header->CentroidStep);
        for (int i = 0; i < data.Lists; i += 8) (Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load(query.CentroidTotals + i).ToVector256Unsafe())) * unit).Store(query.Means + i);
    }

    /// <summary>Takes the k-th score for lower than the model thinks, until the blocks have about as many vectors as wanted at least.</summary>
    private static Choice Lower(IvfQuery query, Choice choice, float distance, float least)
    {
        float high = choice.Kth, low = high, step = 0.25f / choice.Slope;
        var enough = choice;
        for (int round = 0; round < MostDoublings && enough.Vectors < least; round++)
        {
            (high, low, step) = (low, low - step, 2 * step);
            enough = Take(query, low, distance, choice.Slope);
        }

        for (int round = 0; round < 10 && enough.Vectors > 2 * least; round++)
        {
            float middle = (low + high) / 2;
            var tried = Take(query, middle, distance, choice.Slope);
            if (tried.Vectors >= least) (enough, low) = (tried, middle);
            else high = middle;
        }

        return Take(query, enough.Kth, distance, choice.Slope);
    }

    /// <summary>
    /// The score that as many vectors pass as looked for: by the secant rule on the logarithm of how many do, and where that gets stuck, since many small lists make steps of the curve, by halving between a score that too many pass and one that too few do.
    /// </summary>
    private static float Solve(IvfQuery query, float hits, out float slope)
    {
        float wanted = MathF.Log(hits), low = float.NegativeInfinity, high = float.PositiveInfinity;
        var (score, typical) = Spread(query);
        float value = LogPassing(query, score), longest = 2 * typical;
        slope = 2 / typical;
        bool stuck = false;
        for (int round = 0; round < 32 && MathF.Abs(value - wanted) > Tolerance; round++, longest *= 2)
        {
            if (value > wanted) low = score;
            else high = score;
            float next = score + Math.Clamp((value - wanted) / slope, -longest, longest);
            if (stuck || !(next > low && next < high)) next = float.IsFinite(low + high) ? (low + high) / 2 : score + (value > wanted ? longest : -longest);
            float nextValue = LogPassing(query, next);
            if (next != score && nextValue != value) slope = Math.Clamp((value - nextValue) / (next - score), 1e-4f / typical, 1e4f / typical);
            (stuck, score, value) = (MathF.Abs(nextValue - wanted) > 0.5f * MathF.Abs(value - wanted), next, nextValue);
        }

        float rest = (value - wanted) / slope;
        return score + (MathF.Abs(value - wanted) <= Tolerance ? rest : 0);
    }

    /// <summary>Computes how each list's products spread.</summary>
    /// <returns>The greatest score that is two deviations above a list's mean, about where the best vectors are; and the mean deviation.</returns>
    private static (float Score, float Typical) Spread(IvfQuery query)
    {
        var data = query.Data;
        Vector256<float> greatest = Vector256.Create(float.NegativeInfinity), sum = default;
        var (middle, square) = (Vector256.Create(query.Middle), Vector256.Create(query.Deviation * query.Deviation));
        for (int i = 0; i < data.Lists; i += 8)
        {
            Vector256<float> mean = Vector256.Load(query.Means + i), based = mean + middle + Vector256.Load(data.ShareBases + i);
            var deviation = Vector256.Sqrt(Vector256.MaxNative(Vector256.FusedMultiplyAdd(Vector256.Load(data.RestVariances + i), square, Vector256.Load(data.ShareVariances + i) * (based * based)), Vector256.Create(1e-30f)));
            (Vector256<float>.One / deviation).Store(query.InverseDeviations + i);
            sum = Vector256.FusedMultiplyAdd(deviation, Vector256.Load(data.ListSizes + i), sum);
            greatest = Vector256.MaxNative(greatest, Vector256.FusedMultiplyAdd(deviation, Vector256.Create(2f), mean));
        }

        float best = greatest[0];
        for (int l = 1; l < 8; l++) best = Math.Max(best, greatest[l]);
        return (best, Math.Max(1e-30f, Vector256.Sum(sum) / data.Header->Count));
    }

    /// <summary>The logarithm of how many vectors the model expects above a score.</summary>
    private static float LogPassing(IvfQuery query, float score)
    {
        var data = query.Data;
        var (bar, sum) = (Vector256.Create(score), Vector256<float>.Zero);
        for (int i = 0; i < data.Lists; i += 8)
        {
            var z = (bar - Vector256.Load(query.Means + i)) * Vector256.Load(query.InverseDeviations + i);
            sum = Vector256.FusedMultiplyAdd(NormalTail.Above(z), Vector256.Load(data.ListSizes + i), sum);
        }

        return MathF.Log(Vector256.Sum(sum) + 1e-20f);
    }

    /// <summary>Gathers the parts of lists whose k-th score is at most so many deviations above their mean; the k-th score may be known from elsewhere, once <see cref="Choose"/> has been called.</summary>
    public static Choice Take(IvfQuery query, float kth, float distance, float slope)
    {
        var data = query.Data;
        int blocks = 0;
        // In squares, since deviations add up as those do.
        distance = Math.Max(distance, 0.01f);
        float ofShares = distance * distance, ofRests = ofShares * query.Deviation * query.Deviation;

        // First by lists, with the most that any of their parts could have; then by parts.
        var (bar, middle) = (Vector256.Create(kth), Vector256.Create(query.Middle));
        for (int i = 0; i < data.Lists; i += 8)
        {
            Vector256<float> mean = Vector256.Load(query.Means + i), whole = mean + middle;
            var beyond = Vector256.MaxNative(whole * Vector256.Load(data.GreatestShares + i), whole * Vector256.Load(data.LeastShares + i)) + Vector256.Load(data.GreatestOffsets + i);
            var most = mean + beyond + Reach(data.GreatestRestVariances + i, data.GreatestShareVariances + i, whole + Vector256.Load(data.ShareBases + i), ofRests, ofShares);
            for (uint mask = Vector256.GreaterThanOrEqual(most, bar).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int list = i + BitOperations.TrailingZeroCount(mask);
                if (list >= data.Lists) break;
                TakeParts(query, list, query.Means[list], kth, ofRests, ofShares, ref blocks);
            }
        }

        return new Choice(blocks, (float)blocks * CodeLayout.BlockVectors, kth, slope);
    }

    /// <summary>How far above their means products may be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reach(float* restVariances, float* shareVariances, Vector256<float> based, float ofRests, float ofShares) =>
        Vector256.Sqrt(Vector256.FusedMultiplyAdd(Vector256.Load(restVariances), Vector256.Create(ofRests), Vector256.Load(shareVariances) * (based * based) * ofShares));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeParts(IvfQuery query, int list, float mean, float kth, float ofRests, float ofShares, ref int count)
    {
        var data = query.Data;
        int first = data.ListStarts[list] / CodeLayout.BlockVectors, end = CodeLayout.BlocksOf(data.ListStarts[list + 1]);
        query.ReserveBlocks(count + end - first);
        Vector256<float> bar = Vector256.Create(kth - mean), whole = Vector256.Create(mean + query.Middle), based = whole + Vector256.Create(data.ShareBases[list]);
        for (int block = first; block < end; block += 8)
        {
            int part = block + list;
            var most = Vector256.FusedMultiplyAdd(Vector256.Load(data.PartShares + part), whole, Vector256.Load(data.PartOffsets + part)) + Reach(data.PartRestVariances + part, data.PartShareVariances + part, based, ofRests, ofShares);
            uint mask = Vector256.GreaterThanOrEqual(most, bar).ExtractMostSignificantBits();
            if (end - block < 8) mask &= (1u << (end - block)) - 1;
            for (; mask != 0; mask &= mask - 1) (query.Blocks[count], query.ListsOfBlocks[count++]) = (block + BitOperations.TrailingZeroCount(mask), list);
        }
    }
}
