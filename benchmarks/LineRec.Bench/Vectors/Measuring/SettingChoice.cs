namespace LineRec.Bench.Vectors;

/// <summary>Chooses the settings that are reported: for each recall asked for, the fastest that reaches it.</summary>
internal static class SettingChoice
{
    /// <summary>The recalls asked for.</summary>
    public static readonly double[] Targets = [.90, .95, .97, .99];

    /// <summary>
    /// A recall measured on the choosing half isn't that of the reported half. So for each target two settings go on: the fastest that is above it by a standard error, and the
    /// fastest that is above it by three. The highest recall reached goes on too. The same rule for everybody.
    /// </summary>
    public static List<string> Choose(IReadOnlyList<SweepPoint> points)
    {
        var chosen = new List<string>();
        foreach (double target in Targets)
        {
            foreach (double errors in (ReadOnlySpan<double>)[1, 3])
            {
                if (points.Where(p => p.Recall.Mean >= Math.Min(1, target + (errors * p.Recall.Error))).MinBy(p => p.P50) is { } fastest) chosen.Add(fastest.Setting);
            }
        }

        double highest = points.Max(p => p.Recall.Mean);
        chosen.Add(points.Where(p => p.Recall.Mean >= highest - 0.0002).MinBy(p => p.P50)!.Setting);
        return [.. chosen.Distinct()];
    }
}
