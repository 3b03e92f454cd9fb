namespace LineRec.Bench.Trainers;

/// <summary>One network, trained by a bare loop and by the trainer. Times are medians over rounds.</summary>
/// <param name="Width">Its hidden width; 0: a linear model.</param>
/// <param name="Batch">Rows a step.</param>
/// <param name="BareMicroseconds">Processor time of the bare loop's step.</param>
/// <param name="TrainerMicroseconds">Processor time of the trainer's step.</param>
/// <param name="BareWallMicroseconds">The bare loop's step on the wall's clock.</param>
/// <param name="TrainerWallMicroseconds">The trainer's step on the wall's clock.</param>
/// <param name="Overhead">What the trainer adds, as a share of the bare loop's processor time: the median over rounds.</param>
/// <param name="LowOverhead">The same, a quarter of the rounds lie below.</param>
/// <param name="HighOverhead">The same, a quarter of the rounds lie above.</param>
/// <param name="LeastOverhead">The same of the fastest round of each: those that other work disturbed least.</param>
internal sealed record TrainerCostRow(
    int Width, int Batch, double BareMicroseconds, double TrainerMicroseconds, double BareWallMicroseconds, double TrainerWallMicroseconds, double Overhead, double LowOverhead, double HighOverhead,
    double LeastOverhead);
