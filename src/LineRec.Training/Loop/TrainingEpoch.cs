namespace LineRec.Training;

/// <summary>What an epoch was like.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Loss">The mean loss of its examples; NaN where the time limit left none.</param>
/// <param name="Metrics">What validation gave after it.</param>
/// <param name="ExamplesPerSecond">Its speed, validation aside.</param>
public sealed record TrainingEpoch(int Number, double Loss, IReadOnlyDictionary<string, double> Metrics, double ExamplesPerSecond);
