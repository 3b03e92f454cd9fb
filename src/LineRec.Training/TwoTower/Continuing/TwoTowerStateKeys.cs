namespace LineRec.Training;

/// <summary>What keys.json holds: whose the rows are.</summary>
/// <param name="Items">Item ids, by row.</param>
/// <param name="Categories">Category names, by row - 1 (row 0 is the missing category); null without.</param>
internal sealed record TwoTowerStateKeys(string[] Items, string[]? Categories);
