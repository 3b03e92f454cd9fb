using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>A two-tower that differs from the default in one thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Change">What differs in the training.</param>
/// <param name="Features">Which dense features the item tower reads.</param>
/// <param name="Continues">Whether the training goes on from a model (the default, retrained on all) of a week before the split; its seconds aren't counted.</param>
/// <param name="NewOnly">Whether only what came since then are examples.</param>
/// <param name="NewItems">From which attributes items that training never saw get their row; none leaves them what the tower says.</param>
/// <param name="CoOccurrence">Whether co-occurrence takes the two-tower's place or joins it.</param>
internal sealed record AblationVariant(
    string Name, Func<TwoTowerOptions, TwoTowerOptions> Change, AblationFeatures Features = AblationFeatures.Side, AblationFeatures NewItems = AblationFeatures.None, bool Continues = false, bool NewOnly = false,
    AblationJoin CoOccurrence = AblationJoin.None);
