namespace LineRec.Features;

/// <summary>Columns of the item block that are rows of a table.</summary>
/// <param name="Name">Prefix of the columns' names.</param>
/// <param name="Table">The table.</param>
/// <param name="RowOf">The table's row of a catalog row.</param>
internal sealed record GatheredColumns(string Name, NpyMatrix<float> Table, Func<int, int> RowOf);
