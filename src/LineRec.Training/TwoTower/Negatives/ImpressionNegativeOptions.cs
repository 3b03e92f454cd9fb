namespace LineRec.Training;

/// <summary>
/// Impressions without a choice as negatives of a two-tower model: items that were shown to the user shortly before the moment of an example, and
/// that the user had no other event with, ever. Retrieval searches all items, and a list that was shown is a small and good part of them: trained on
/// such negatives alone, a model doesn't learn what no list holds (Huang et al. 2020, Embedding-based Retrieval in Facebook Search); mixed with
/// drawn ones (Yang et al. 2020) it does.
/// </summary>
/// <remarks>
/// The events that training gets must hold the impressions. Some of an example's shown items are drawn evenly and stand for all of them, each counting
/// <see cref="Weight"/> × shown / drawn; among the negatives that all examples share they are masked. Without the logQ correction each counts 1. Beside
/// <see cref="TwoTowerOptions.HardNegatives"/> they can't be used.
/// </remarks>
public sealed record ImpressionNegativeOptions
{
    /// <summary>How many are drawn for each example; all, where it has fewer. 1 or more.</summary>
    public int Count { get; init; } = 16;

    /// <summary>How long before an example's moment what was shown counts; zero takes the list of that very time. 0 or more.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// What a shown item counts in the loss beside any other item, which counts 1: with 1 the loss stays an estimate of the one over all items. Over 0.
    /// Ignored without the logQ correction.
    /// </summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Whether they are the only negatives: none of the batch and none drawn evenly. Examples without one are then left out; else such examples
    /// have the other negatives alone.
    /// </summary>
    public bool Only { get; init; }
}
