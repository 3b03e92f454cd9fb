namespace LineRec.Bench.TwoTower;

/// <summary>One way of training.</summary>
/// <param name="Name">"linerec" or "dense".</param>
/// <param name="SamplesPerSecond">Positives a second, in steps only: without making the log, validation and encoding.</param>
/// <param name="Steps">How many steps there were.</param>
/// <param name="Recall">Recall@20 of the held-out events.</param>
/// <param name="StandardError">Its standard error over users.</param>
internal sealed record TwoTowerSpeedRow(string Name, double SamplesPerSecond, int Steps, double Recall, double StandardError);
