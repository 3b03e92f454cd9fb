namespace LineRec.Bench.Vectors;

/// <summary>A setting measured on the queries that choose.</summary>
internal sealed record SweepPoint(string Setting, Recalls Recall, double P50);

/// <summary>Tries an index's settings on the half of the queries that choose.</summary>
internal static class Sweep
{
    private const double Enough = 0.9975;
    private const double Stalled = 0.0004;

    /// <summary>Walks each line of settings from fast to accurate until recall is as high as anybody asks for or no longer rises.</summary>
    public static List<SweepPoint> Run(IBenchIndex index, GroundTruth truth, int count, int k)
    {
        var points = new List<SweepPoint>();
        WarmUp(index, count, k);
        foreach (var line in index.Settings)
        {
            double best = 0;
            int stalls = 0;
            foreach (string setting in line)
            {
                index.Use(setting);
                int measured = Affordable(index, 0, count, k);
                var pass = SinglePass.Run(index, 0, measured, k, threads: 1);
                var recall = Recalls.Of(truth, 0, measured, k, pass.Found);
                points.Add(new SweepPoint(setting, recall, Statistics.Median(pass.Microseconds[0])));
                stalls = recall.Mean < best + Stalled ? stalls + 1 : 0;
                best = Math.Max(best, recall.Mean);
                if (recall.Mean >= Enough || stalls == 3) break;
            }
        }

        return points;
    }

    /// <summary>How many of some queries take ten seconds at most; 100 or more where there are that many.</summary>
    public static int Affordable(IBenchIndex index, int firstQuery, int count, int k)
    {
        int probe = Math.Min(count, 5);
        double microseconds = Statistics.Median(SinglePass.Run(index, firstQuery, probe, k, threads: 1).Microseconds[0]);
        return (int)Math.Clamp(10e6 / microseconds, Math.Min(100, count), count);
    }

    /// <summary>Long enough for the runtime to compile its best code.</summary>
    private static void WarmUp(IBenchIndex index, int count, int k)
    {
        foreach (var line in index.Settings)
        {
            index.Use(line[line.Count / 2]);
            for (int round = 0; round < 3; round++)
            {
                SinglePass.Run(index, 0, Math.Min(count, Affordable(index, 0, count, k) / 5), k, threads: 1);
                Thread.Sleep(120);
            }

            break;
        }
    }
}
