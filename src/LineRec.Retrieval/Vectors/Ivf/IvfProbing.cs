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

    /// <summary>What was chosen: the first <see cref="Runs"/> of the query's runs.</summary>
    /// <param name="Runs">How many runs.</param>
    /// <param name="Vectors">How many vectors they have, about.</param>
    /// <param name="Kth">Where the model says the k-th best score is.</param>
    /// <param name="Slope">By how much the logarithm of the number of better vectors falls a score.</param>
    public readonly record struct Choice(int Runs, float Vectors, float Kth, float Slope)
    {
        /// <summary>The score that about so many times k vectors pass.</summary>
        public float ScorePassedBy(float times) => Kth - (MathF.Log(times) / Slope);
    }

    /// <summary>Chooses lists. Scores are relative: the query's product with the centroids' mean is left out.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hits">How many best vectors are looked for, over all rows.</param>
    /// <param name="distance">How many deviations above the mean of a visited part the k-th score may be.</param>
    /// <param name="least">How many vectors the runs must have together: where scores aren't distributed as the model thinks, it may hope for too much.</param>
    public static Choice Choose(IvfQuery query, float hits, float distance, float least)
    {
        var data = query.Data;
        int places = CodeLayout.BlocksOf(data.Lists) * CodeLayout.BlockVectors;
        CodeScan.Run(data.CentroidLayout, query.CentroidCodes, new CodePlanes(data.CentroidCodes, null), places / CodeLayout.BlockVectors, query.Thresholds, query.CentroidTotals, query.Masks);
        float unit = query.CentroidCodes.Unit * data.Header->CentroidStep;
        float slope = 1;
        float kth = data.Header->Count <= hits ? float.NegativeInfinity : Solve(query, unit, hits, out slope);
        var choice = Take(query, unit, kth, distance, slope);
        return choice.Vectors >= least ? choice : Lower(query, unit, choice, distance, least);
    }

    /// <summary>Takes the k-th score for lower than the model thinks, until the runs have about as many vectors as wanted at least.</summary>
    private static Choice Lower(IvfQuery query, float unit, Choice choice, float distance, float least)
    {
        float high = choice.Kth, low = high, step = 0.25f / choice.Slope;
        var enough = choice;
        for (int round = 0; round < MostDoublings && enough.Vectors < least; round++)
        {
            (high, low, step) = (low, low - step, 2 * step);
            enough = Take(query, unit, low, distance, choice.Slope);
        }

        for (int round = 0; round < 10 && enough.Vectors > 2 * least; round++)
        {
            float middle = (low + high) / 2;
            var tried = Take(query, unit, middle, distance, choice.Slope);
            if (tried.Vectors >= least) (enough, low) = (tried, middle);
            else high = middle;
        }

        return Take(query, unit, enough.Kth, distance, choice.Slope);
    }

    /// <summary>
    /// The score that as many vectors pass as looked for: by the secant rule on the logarithm of how many do, and where that gets stuck, since many small lists make steps of the curve, by halving between a score that too many pass and one that too few do.
    /// </summary>
    private static float Solve(IvfQuery query, float unit, float hits, out float slope)
    {
        float wanted = MathF.Log(hits), low = float.NegativeInfinity, high = float.PositiveInfinity;
        var (score, typical) = Spread(query, unit);
        float value = LogPassing(query, unit, score), longest = 2 * typical;
        slope = 2 / typical;
        bool stuck = false;
        for (int round = 0; round < 32 && MathF.Abs(value - wanted) > Tolerance; round++, longest *= 2)
        {
            if (value > wanted) low = score;
            else high = score;
            float next = score + Math.Clamp((value - wanted) / slope, -longest, longest);
            if (stuck || !(next > low && next < high)) next = float.IsFinite(low + high) ? (low + high) / 2 : score + (value > wanted ? longest : -longest);
            float nextValue = LogPassing(query, unit, next);
            if (next != score && nextValue != value) slope = Math.Clamp((value - nextValue) / (next - score), 1e-4f / typical, 1e4f / typical);
            (stuck, score, value) = (MathF.Abs(nextValue - wanted) > 0.5f * MathF.Abs(value - wanted), next, nextValue);
        }

        float rest = (value - wanted) / slope;
        return score + (MathF.Abs(value - wanted) <= Tolerance ? rest : 0);
    }

    /// <summary>Computes how each list's products spread.</summary>
    /// <returns>The greatest score that is two deviations above a list's mean, about where the best vectors are; and the mean deviation.</returns>
    private static (float Score, float Typical) Spread(IvfQuery query, float unit)
    {
        var data = query.Data;
        Vector256<float> greatest = Vector256.Create(float.NegativeInfinity), sum = default;
        var (scale, middle, square) = (Vector256.Create(unit), Vector256.Create(query.Middle), Vector256.Create(query.Deviation * query.Deviation));
        for (int i = 0; i < data.Lists; i += 8)
        {
            Vector256<float> mean = Totals(query, i) * scale, whole = mean + middle;
            var ofShares = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.Load(data.ShareVariances + i), whole, Vector256.Load(data.Covariances + i) * 2f), whole, Vector256.Load(data.OffsetVariances + i));
            var deviation = Vector256.Sqrt(Vector256.MaxNative(Vector256.FusedMultiplyAdd(Vector256.Load(data.Spreads + i), square, ofShares), Vector256.Create(1e-30f)));
            (Vector256<float>.One / deviation).Store(query.InverseDeviations + i);
            sum = Vector256.FusedMultiplyAdd(deviation, Vector256.Load(data.ListSizes + i), sum);
            greatest = Vector256.MaxNative(greatest, Vector256.FusedMultiplyAdd(deviation, Vector256.Create(2f), mean));
        }

        float best = greatest[0];
        for (int l = 1; l < 8; l++) best = Math.Max(best, greatest[l]);
        return (best, Math.Max(1e-30f, Vector256.Sum(sum) / data.Header->Count));
    }

    /// <summary>The logarithm of how many vectors the model expects above a score.</summary>
    private static float LogPassing(IvfQuery query, float unit, float score)
    {
        var data = query.Data;
        var (bar, scale, sum) = (Vector256.Create(score), Vector256.Create(-unit), Vector256<float>.Zero);
        for (int i = 0; i < data.Lists; i += 8)
        {
            var z = Vector256.FusedMultiplyAdd(Totals(query, i), scale, bar) * Vector256.Load(query.InverseDeviations + i);
            sum = Vector256.FusedMultiplyAdd(NormalTail.Above(z), Vector256.Load(data.ListSizes + i), sum);
        }

        return MathF.Log(Vector256.Sum(sum) + 1e-20f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Totals(IvfQuery query, int i) => Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load(query.CentroidTotals + i).ToVector256Unsafe()));

    /// <summary>Gathers the parts of lists whose k-th score is at most so many deviations above their mean.</summary>
    private static Choice Take(IvfQuery query, float unit, float kth, float distance, float slope)
    {
        var data = query.Data;
        int runs = 0, blocks = 0;
        // In squares, since deviations add up as those do.
        distance = Math.Max(distance, 0.01f);
        float ofShares = distance * distance, ofRests = ofShares * query.Deviation * query.Deviation;

        // First by lists, with the most that any of their parts could have; then by parts.
        var (bar, scale, middle) = (Vector256.Create(kth), Vector256.Create(unit), Vector256.Create(query.Middle));
        for (int i = 0; i < data.Lists; i += 8)
        {
            Vector256<float> mean = Totals(query, i) * scale, whole = mean + middle;
            var beyond = Vector256.MaxNative(whole * Vector256.Load(data.GreatestShares + i), whole * Vector256.Load(data.LeastShares + i)) + Vector256.Load(data.GreatestOffsets + i);
            var most = mean + beyond + Reach(data.GreatestSpreads + i, data.GreatestVariances + i, whole, ofRests, ofShares);
            for (uint mask = Vector256.GreaterThanOrEqual(most, bar).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int list = i + BitOperations.TrailingZeroCount(mask);
                if (list >= data.Lists) break;
                TakeParts(query, list, query.CentroidTotals[list] * unit, kth, ofRests, ofShares, ref runs, ref blocks);
            }
        }

        return new Choice(runs, (float)blocks * CodeLayout.BlockVectors, kth, slope);
    }

    /// <summary>How far above their means products may be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reach(float* spreads, float* variances, Vector256<float> whole, float ofRests, float ofShares) =>
        Vector256.Sqrt(Vector256.FusedMultiplyAdd(Vector256.Load(spreads), Vector256.Create(ofRests), Vector256.Load(variances) * (whole * whole) * ofShares));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeParts(IvfQuery query, int list, float mean, float kth, float ofRests, float ofShares, ref int runs, ref int blocks)
    {
        var data = query.Data;
        int first = data.ListStarts[list] / CodeLayout.BlockVectors, end = CodeLayout.BlocksOf(data.ListStarts[list + 1]), open = -1;
        var (bar, whole) = (Vector256.Create(kth - mean), Vector256.Create(mean + query.Middle));
        for (int block = first; block < end; block += 8)
        {
            int part = block + list;
            var most = Vector256.FusedMultiplyAdd(Vector256.Load(data.PartShares + part), whole, Vector256.Load(data.PartOffsets + part)) + Reach(data.PartSpreads + part, data.PartVariances + part, whole, ofRests, ofShares);
            uint mask = Vector256.GreaterThanOrEqual(most, bar).ExtractMostSignificantBits();
            if (end - block < 8) mask &= (1u << (end - block)) - 1;
            blocks += BitOperations.PopCount(mask);

            // From where a run opens to where it ends, in turns.
            for (int at = 0; at < 8;)
            {
                uint turns = (open < 0 ? mask : ~mask & 0xFF) >> at << at;
                if (turns == 0) break;
                at = BitOperations.TrailingZeroCount(turns);
                if (open >= 0) Add(query, ref runs, list, open, block + at, mean);
                open = open < 0 ? block + at : -1;
            }
        }

        if (open >= 0) Add(query, ref runs, list, open, end, mean);
    }

    private static void Add(IvfQuery query, ref int runs, int list, int first, int end, float mean)
    {
        for (; first < end; first += IvfQuery.Chunk)
        {
            if (runs == query.Runs.Length) Array.Resize(ref query.Runs, 2 * runs);
            query.Runs[runs++] = new IvfRun(list, first, Math.Min(IvfQuery.Chunk, end - first), mean);
        }
    }
}
