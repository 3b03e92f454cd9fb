using LineRec.Training;

namespace LineRec.Bench.Matching;

/// <summary>A model with what its row tells besides its figures.</summary>
/// <param name="Model">The model.</param>
/// <param name="Settings">What was chosen.</param>
/// <param name="SamplesPerSecond">Positives trained on a second, if the model knows.</param>
/// <param name="ExtraSeconds">Training of parts that other rows did before.</param>
internal sealed record TrainedModel(IMatchingModel Model, string Settings, double? SamplesPerSecond = null, double ExtraSeconds = 0);
