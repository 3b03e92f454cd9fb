using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>What a training step gives.</summary>
/// <param name="Loss">The batch's mean loss, a single number that Torch can differentiate.</param>
/// <param name="Examples">How many examples it is the mean of: what it weighs in the epoch's mean.</param>
public readonly record struct StepLoss(Tensor Loss, int Examples);
