namespace LineRec.Training;

/// <summary>What validation chose for one tower.</summary>
/// <param name="Options">How it was trained.</param>
/// <param name="Epochs">After how many of the planned epochs it was best.</param>
/// <param name="ValidationRecall">Its best recall at 20 on the validation users, by itself and with the first popularity power.</param>
public sealed record MatchingTowerReport(MatchingTowerOptions Options, int Epochs, double ValidationRecall);
