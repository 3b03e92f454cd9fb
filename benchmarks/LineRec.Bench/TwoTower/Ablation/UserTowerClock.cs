using System.Diagnostics;
using LineRec.Onnx;
using LineRec.Training;

namespace LineRec.Bench.TwoTower;

/// <summary>What a request pays for the user's vector, once the history's rows are gathered: one run of user_tower.onnx on one user.</summary>
internal static class UserTowerClock
{
    private const int Runs = 1_000;

    /// <summary>The median of the runs, in microseconds.</summary>
    public static double Measure(TwoTowerModel model)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-ablation-tower-").FullName;
        try
        {
            var tower = model.Export(folder, "").UserTower;
            using var onnx = OnnxModel.Load(tower.File, Path.Combine(folder, tower.File), tower, smallestBatch: 1);
            var times = new double[Runs];
            for (int run = -Runs / 10; run < Runs; run++) // a tenth warms up
            {
                long started = Stopwatch.GetTimestamp();
                using var batch = onnx.Rent(1);
                for (int i = 0; i < tower.Inputs.Count; i++) batch.Input(i).Fill(0.5f); // full histories: all weights over 0
                batch.Run();
                if (run >= 0) times[run] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            Array.Sort(times);
            return times[Runs / 2];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
