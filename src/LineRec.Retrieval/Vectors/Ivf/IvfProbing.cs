using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// Chooses the lists that a search visits. The scores of a list's vectors are taken for a normal distribution around the query's product with
/// the list's mean; from all lists together follows where the k-th best score lies, and from that how likely a vector of each list is to be among the best k. Lists
/// are visited where that chance is worth the scan: few for an easy query, more for a hard one, and at the margin a scanned vector brings as much recall for one query as for another.
/// </summary>
internal static unsafe class IvfProbing
{
    /// <summary>How far the logarithm of the number of vectors above the k-th score may be off.</summary>
    private const float Tolerance = 0.15f;

    /// <summary>How often a step is doubled before nothing is expected of it any more; a damaged file could ask for ever.</summary>
    private const int MostDoublings = 64;

    /// <summary>What was chosen: the first <see cref="Count"/> of the scratch's lists.</summary>
    /// <param name="Count">How many lists.</param>
    /// <param name="Vectors">How many vectors they have.</param>
    /// <param name="Kth">Where the model says the k-th best score is.</param>
    /// <param name="Slope">By how much the logarithm of the number of better vectors falls a score.</param>
    public readonly record struct Choice(int Count, float Vectors, float Kth, float Slope)
    {
        /// <summary>The score that about so many times k vectors pass.</summary>
        public float ScorePassedBy(float times) => Kth - (MathF.Log(times) / Slope);
    }

    /// <summary>Chooses lists. Scores are relative: the query's product with the centroids' mean is left out.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hits">How many best vectors are looked for, over all rows.</param>
    /// <param name="distance">How many deviations above its mean a visited list's k-th score may be.</param>
    /// <param name="least">How many vectors the lists must have together: where scores aren't distributed as the model thinks, it may hope for too much.</param>
    public static Choice Choose(IvfQuery query, float hits, float distance, float least)
    {
        var data = query.Data;
        int places = CodeLayout.BlocksOf(data.Lists) * CodeLayout.BlockVectors;
        CodeScan.Run(data.CentroidLayout, query.CentroidCodes, new CodePlanes(data.CentroidCodes, null), places / CodeLayout.BlockVectors, query.Thresholds, query.CentroidTotals, query.Masks);
        float unit = query.CentroidCodes.Unit * data.Header->CentroidStep;
        float slope = 1;
        float perStep = IvfListCoder.StepOfDeviation / query.Deviation;
        float typical = Math.Max(1e-30f, data.Header->TypicalStep / perStep);
        float kth = data.Header->Count <= hits ? float.NegativeInfinity : Solve(query, unit, perStep, typical, hits, out slope);
        var choice = Take(query, unit, perStep, kth, distance, slope);
        return choice.Vectors >= least || choice.Count == data.Lists ? choice : Lower(query, unit, perStep, choice, distance, least);
    }

    /// <summary>Takes the k-th score for lower than the model thinks, until the lists have about as many vectors as wanted at least.</summary>
    private static Choice Lower(IvfQuery query, float unit, float perStep, Choice choice, float distance, float least)
    {
        float high = choice.Kth, low = high, step = 0.25f / choice.Slope;
        var enough = choice;
        for (int round = 0; round < MostDoublings && enough.Vectors < least && enough.Count < query.Data.Lists; round++)
        {
            (high, low, step) = (low, low - step, 2 * step);
            enough = Take(query, unit, perStep, low, distance, choice.Slope);
        }

        for (int round = 0; round < 10 && enough.Vectors > 2 * least; round++)
        {
            float middle = (low + high) / 2;
            var tried = Take(query, unit, perStep, middle, distance, choice.Slope);
            if (tried.Vectors >= least) (enough, low) = (tried, middle);
            else high = middle;
        }

        return Take(query, unit, perStep, enough.Kth, distance, choice.Slope);
    }

    /// <summary>The score that as many vectors pass as looked for, by the secant rule on the logarithm of how many do, kept between a score that too many pass and one that too few do.</summary>
    private static float Solve(IvfQuery query, float unit, float perStep, float typical, float hits, out float slope)
    {
        float wanted = MathF.Log(hits), low = float.NegativeInfinity, high = float.PositiveInfinity;
        float score = Reach(query, unit, perStep), value = LogPassing(query, unit, perStep, score);
        slope = 2 / typical;
        for (int round = 0; round < 24 && MathF.Abs(value - wanted) > Tolerance; round++)
        {
            if (value > wanted) low = score;
            else high = score;
            float next = score + Math.Clamp((value - wanted) / slope, -2 * typical, 2 * typical);
            if (!(next > low && next < high)) next = (low + high) / 2;
            float nextValue = LogPassing(query, unit, perStep, next);
            if (next != score && nextValue != value) slope = Math.Clamp((value - nextValue) / (next - score), 0.02f / typical, 1e4f / typical);
            (score, value) = (next, nextValue);
        }

        float rest = (value - wanted) / slope;
        return score + (MathF.Abs(value - wanted) <= Tolerance ? rest : 0);
    }

    /// <summary>The greatest score that is two deviations above a list's mean: about where the best vectors are.</summary>
    private static float Reach(IvfQuery query, float unit, float perStep)
    {
        var data = query.Data;
        var greatest = Vector256.Create(float.NegativeInfinity);
        var (scale, deviation) = (Vector256.Create(unit), Vector256.Create(2f / perStep));
        for (int i = 0; i < data.Lists; i += 8) greatest = Vector256.MaxNative(greatest, Vector256.FusedMultiplyAdd(Totals(query, i), scale, Vector256.Load(data.Steps + i) * deviation));
        float best = greatest[0];
        for (int l = 1; l < 8; l++) best = Math.Max(best, greatest[l]);
        return best;
    }

    /// <summary>The logarithm of how many vectors the model expects above a score.</summary>
    private static float LogPassing(IvfQuery query, float unit, float perStep, float score)
    {
        var data = query.Data;
        // In units of the totals: z = (score / unit - total) × unit × perStep / step.
        var (bar, scale, sum) = (Vector256.Create(score / unit), Vector256.Create(unit * perStep), Vector256<float>.Zero);
        for (int i = 0; i < data.Lists; i += 8)
        {
            var z = (bar - Totals(query, i)) * (Vector256.Load(data.InverseSteps + i) * scale);
            sum = Vector256.FusedMultiplyAdd(NormalTail.Above(z), Vector256.Load(data.ListSizes + i), sum);
        }

        return MathF.Log(Vector256.Sum(sum) + 1e-20f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Totals(IvfQuery query, int i) => Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load(query.CentroidTotals + i).ToVector256Unsafe()));

    /// <summary>Gathers the lists whose k-th score is at most so many deviations above their mean.</summary>
    private static Choice Take(IvfQuery query, float unit, float perStep, float kth, float distance, float slope)
    {
        var data = query.Data;
        int taken = 0;
        float vectors = 0, stepOfScore = perStep / (distance = Math.Max(distance, 0.01f));
        var (bar, limit) = (Vector256.Create(kth / unit), Vector256.Create(distance / (unit * perStep)));
        for (int i = 0; i < data.Lists; i += 8)
        {
            for (uint mask = Vector256.LessThanOrEqual(bar - Totals(query, i), Vector256.Load(data.EndSteps + i) * limit).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int list = i + BitOperations.TrailingZeroCount(mask);
                if (list >= data.Lists) break;
                float mean = query.CentroidTotals[list] * unit, step = (kth - mean) * stepOfScore;
                (query.Lists[taken], query.Means[taken], query.LeastSteps[taken]) = (list, mean, step);
                taken++;
                vectors += step <= data.Steps[list] ? data.ListSizes[list] : Math.Min(CodeLayout.BlockVectors, data.ListSizes[list]);
            }
        }

        return new Choice(taken, vectors, kth, slope);
    }
}
