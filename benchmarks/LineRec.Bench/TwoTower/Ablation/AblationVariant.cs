using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>A two-tower that differs from the default in one thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Change">What differs in the training.</param>
/// <param name="Features">Which dense features the item tower reads.</param>
internal sealed record AblationVariant(string Name, Func<TwoTowerOptions, TwoTowerOptions> Change, AblationFeatures Features = AblationFeatures.Side);
