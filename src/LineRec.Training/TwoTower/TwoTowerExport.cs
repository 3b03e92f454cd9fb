using LineRec.Features;

namespace LineRec.Training;

/// <summary>What an export of a two-tower model adds to a bundle's manifest and feature state.</summary>
/// <param name="UserTower">The manifest's model "user_tower".</param>
/// <param name="ItemTower">The manifest's model "item_tower".</param>
/// <param name="HistoryPooling">How serving must pool histories.</param>
public sealed record TwoTowerExport(ModelDescription UserTower, ModelDescription ItemTower, HistoryPooling HistoryPooling);
