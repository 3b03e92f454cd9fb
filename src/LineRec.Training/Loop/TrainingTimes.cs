namespace LineRec.Training;

/// <summary>Where the time of a training went, in this process.</summary>
public sealed class TrainingTimes
{
    /// <summary>Waiting for batches.</summary>
    public TimeSpan Data { get; internal set; }

    /// <summary>Computing losses: <see cref="TrainingModule{TBatch}.TrainingStep"/>.</summary>
    public TimeSpan Forward { get; internal set; }

    /// <summary>Computing gradients, and freeing what they were computed from.</summary>
    public TimeSpan Backward { get; internal set; }

    /// <summary>Clearing and clipping gradients, and changing parameters.</summary>
    public TimeSpan Optimizer { get; internal set; }

    /// <summary>Measuring after epochs.</summary>
    public TimeSpan Validation { get; internal set; }

    /// <summary>Writing checkpoints.</summary>
    public TimeSpan Checkpoints { get; internal set; }

    /// <summary>The share of all of it that was spent waiting for batches, 0 to 1: over some hundredths, reading holds training up.</summary>
    public double DataShare => Total == TimeSpan.Zero ? 0 : Data / Total;

    /// <summary>All of it.</summary>
    public TimeSpan Total => Data + Forward + Backward + Optimizer + Validation + Checkpoints;

    /// <summary>The parts and their shares.</summary>
    /// <returns>A line.</returns>
    public override string ToString()
    {
        double all = Math.Max(1, Total.Ticks);
        return FormattableString.Invariant($"data {Data.Ticks / all:P1}, forward {Forward.Ticks / all:P1}, backward {Backward.Ticks / all:P1}, optimiser {Optimizer.Ticks / all:P1}, validation {Validation.Ticks / all:P1}, checkpoints {Checkpoints.Ticks / all:P1} of {Total.TotalSeconds:0.0} s");
    }
}
