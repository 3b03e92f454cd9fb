namespace LineRec.Training;

/// <summary>
/// Looks for the best point of a grid along one axis after the other, until a round over all axes changes nothing. A point is left only for one that is better beyond noise, so that where
/// validation doesn't mind, the start stands.
/// </summary>
internal static class CoordinateSearch
{
    /// <summary>By which share a measure must be better to count as better: about the standard error of a recall over four thousand users.</summary>
    internal const double LeastGain = 0.02;

    /// <summary>Finds it. No point is measured twice.</summary>
    /// <param name="axes">The values of each axis; the search starts at <paramref name="start"/>.</param>
    /// <param name="start">A position on each axis.</param>
    /// <param name="measure">What is to be large.</param>
    /// <param name="rounds">How often all axes are gone through, the most.</param>
    public static double[] Find(double[][] axes, int[] start, Func<double[], double> measure, int rounds = 3)
    {
        var known = new Dictionary<string, double>();
        int[] best = [.. start];
        double[] Values(int[] at) => [.. at.Select((position, axis) => axes[axis][position])];
        double Measure(int[] at)
        {
            string key = string.Join(',', at);
            return known.TryGetValue(key, out double value) ? value : known[key] = measure(Values(at));
        }

        for (int round = 0; round < rounds; round++)
        {
            int[] before = [.. best];
            for (int axis = 0; axis < axes.Length; axis++)
            {
                int[][] candidates = [.. Enumerable.Range(0, axes[axis].Length).Select(i => best.Select((b, a) => a == axis ? i : b).ToArray())];
                int[] first = candidates.MaxBy(Measure)!;
                if (Measure(first) > Measure(best) * (1 + LeastGain)) best = first;
            }

            if (best.SequenceEqual(before)) break;
        }

        return Values(best);
    }
}
