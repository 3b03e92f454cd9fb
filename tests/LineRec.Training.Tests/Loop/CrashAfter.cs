namespace LineRec.Training.Tests;

/// <summary>Throws at a step, counted over everything that reports to it.</summary>
internal sealed class CrashAfter(int step) : IProgress<TrainingProgress>
{
    public int Seen { get; private set; }

    public void Report(TrainingProgress value)
    {
        if (++Seen == step) throw new TimeoutException("crash");
    }
}
