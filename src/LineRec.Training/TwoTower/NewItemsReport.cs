namespace LineRec.Training;

/// <summary>What <see cref="TwoTowerModel.PlaceNewItems"/> did.</summary>
/// <param name="NewItems">How many items training never saw.</param>
/// <param name="Placed">How many of them got a row: all, or none where attributes explain nothing.</param>
/// <param name="Explained">
/// How much of known items' rows the attributes predict where the items weren't fitted: 1 for all, 0 or less for nothing. Some hundredths are usual, and enough to be found by.
/// </param>
public sealed record NewItemsReport(int NewItems, int Placed, double Explained);
