namespace LineRec.Bench.Trainers;

/// <summary>What checkpoints of a two-tower cost. Times are medians.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Megabytes">A checkpoint.</param>
/// <param name="StepMilliseconds">A step without one, on the wall's clock.</param>
/// <param name="CheckpointMilliseconds">What one adds to it.</param>
/// <param name="StepProcessorMilliseconds">A step's processor time.</param>
/// <param name="CheckpointProcessorMilliseconds">What one adds to it.</param>
internal sealed record CheckpointCostRow(
    int Items, double Megabytes, double StepMilliseconds, double CheckpointMilliseconds, double StepProcessorMilliseconds, double CheckpointProcessorMilliseconds)
{
    /// <summary>The share that a checkpoint every so many steps adds to a training, by steps, on the wall's clock.</summary>
    public IReadOnlyDictionary<string, double> Overhead => new[] { 100, 500, 1000, 2000, 5000 }.ToDictionary(n => $"every_{n}", n => CheckpointMilliseconds / (n * StepMilliseconds));
}
