namespace LineRec.Training;

/// <summary>Where a training stands, for a progress bar.</summary>
/// <param name="Phase">What is being done: "validate" (fit on the first part of the time, measured on the last), "retrain" (on all of it) or "embed".</param>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">How many there are at the most.</param>
/// <param name="Step">The step of the epoch that just ended, from 1.</param>
/// <param name="Steps">How many steps an epoch has.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="ExamplesPerSecond">The speed of the epoch so far.</param>
/// <param name="Metric">The newest validation figure, or NaN where there is none yet.</param>
public sealed record TrainingProgress(string Phase, int Epoch, int Epochs, int Step, int Steps, double Loss, double ExamplesPerSecond, double Metric);
