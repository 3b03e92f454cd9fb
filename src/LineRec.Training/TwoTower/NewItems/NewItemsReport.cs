namespace LineRec.Training;

/// <summary>What <see cref="TwoTowerModel.PlaceNewItems"/> did.</summary>
/// <param name="Placed">How many items training never saw; all of them got a row.</param>
/// <param name="Explained">
/// How much of known items' rows the attributes predict where an item wasn't fitted (R²): 1 for all, about 0 or less where they tell nothing and new items lie about the mean of known
/// ones. Some hundredths are usual, and enough to be found by.
/// </param>
public sealed record NewItemsReport(int Placed, double Explained);
