namespace LineRec.Recipes;

/// <summary>What a sweep found.</summary>
/// <param name="Metric">What was measured; higher is better.</param>
/// <param name="Best">The best; null where nothing could be measured.</param>
/// <param name="Config">The file with the best settings, for 'pipeline run --config'.</param>
/// <param name="Begun">How many trainings this run of the sweep did; the others were done before.</param>
/// <param name="Results">All results, the best first within each number of epochs, most epochs first.</param>
internal sealed record SweepOutcome(string Metric, SweepResult? Best, string Config, int Begun, IReadOnlyList<SweepResult> Results);
