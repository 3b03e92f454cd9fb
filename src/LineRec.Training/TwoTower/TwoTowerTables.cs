namespace LineRec.Training;

/// <summary>The names of the towers' tables: tables/NAME.npy of a bundle.</summary>
internal static class TwoTowerTables
{
    /// <summary>The items' rows; those of histories, too, unless <see cref="TwoTowerOptions.HistoryPooling"/> names another table.</summary>
    public const string Item = "item";

    /// <summary>The categories' rows.</summary>
    public const string Category = "category";

    /// <summary>The lengths that popularity gives item vectors.</summary>
    public const string Scale = "scale";
}
