namespace LineRec.Bench.Vectors;

/// <summary>A setting measured on the queries that choose.</summary>
internal sealed record SweepPoint(string Setting, Recalls Recall, double P50);

/// <summary>Tries an index's settings on the half of the queries that choose: all of them on some queries, then those that may win on all.</summary>
internal static class Sweep
{
    private const int FirstLook = 200;
    private const double Enough = 0.9975;
    private const double Stalled = 0.0004;

    // By how much a first look may be wrong, in time and in recall.
    private const double TimeSlack = 1.25;
    private const double RecallSlack = 0.008;

    public static List<SweepPoint> Run(IBenchIndex index, GroundTruth truth, int count, int k)
    {
        WarmUp(index, count, k);
        var looked = Look(index, truth, Math.Min(FirstLook, count), k);
        if (looked.Count == 1 || count <= FirstLook) return looked;
        return looked.Where(p => MayWin(p, looked)).Select(p => Measure(index, truth, p.Setting, count, k)).ToList();
    }

    /// <summary>How many of some queries take ten seconds at most; 100 or more where there are that many.</summary>
    public static int Affordable(IBenchIndex index, int firstQuery, int count, int k)
    {
        int probe = Math.Min(count, 5);
        double microseconds = Statistics.Median(SinglePass.Run(index, firstQuery, probe, k, threads: 1).Microseconds[0]);
        return (int)Math.Clamp(10e6 / microseconds, Math.Min(100, count), count);
    }

    /// <summary>Walks each line of settings from fast to accurate until recall is as high as anybody asks for, no longer rises, or another line had it faster.</summary>
    private static List<SweepPoint> Look(IBenchIndex index, GroundTruth truth, int count, int k)
    {
        var points = new List<SweepPoint>();
        double longest = double.PositiveInfinity;
        foreach (var line in index.Settings)
        {
            double best = 0;
            int stalls = 0;
            foreach (string setting in line)
            {
                var point = Measure(index, truth, setting, count, k);
                points.Add(point);
                double recall = point.Recall.Mean;
                stalls = recall < best + Stalled ? stalls + 1 : 0;
                best = Math.Max(best, recall);
                if (recall >= Enough) longest = Math.Min(longest, point.P50 * TimeSlack);
                if (recall >= Enough || stalls == 3 || point.P50 > longest) break;
            }
        }

        return points;
    }

    /// <summary>Whether none that finds surely as much is surely faster. What finds little is of interest only where nothing finds more.</summary>
    private static bool MayWin(SweepPoint point, List<SweepPoint> all) =>
        point.Recall.Mean >= Math.Min(SettingChoice.Targets[0] - 0.02, all.Max(p => p.Recall.Mean)) &&
        !all.Any(p => p.Recall.Mean >= Math.Min(Enough, point.Recall.Mean + RecallSlack) && p.P50 * TimeSlack < point.P50);

    private static SweepPoint Measure(IBenchIndex index, GroundTruth truth, string setting, int count, int k)
    {
        index.Use(setting);
        int measured = Affordable(index, 0, count, k);
        var pass = SinglePass.Run(index, 0, measured, k, threads: 1);
        return new SweepPoint(setting, Recalls.Of(truth, 0, measured, k, pass.Found), Statistics.Median(pass.Microseconds[0]));
    }

    /// <summary>Long enough for the runtime to compile its best code.</summary>
    private static void WarmUp(IBenchIndex index, int count, int k)
    {
        var line = index.Settings[0];
        index.Use(line[line.Count / 2]);
        for (int round = 0; round < 3; round++)
        {
            SinglePass.Run(index, 0, Math.Clamp(Affordable(index, 0, count, k) / 5, 1, count), k, threads: 1);
            Thread.Sleep(120);
        }
    }
}
