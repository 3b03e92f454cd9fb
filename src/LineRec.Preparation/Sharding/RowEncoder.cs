namespace LineRec.Preparation;

/// <summary>Encodes or embeds some rows, such as items by a tower.</summary>
/// <param name="firstRow">The first row.</param>
/// <param name="rowCount">How many.</param>
/// <param name="values">Receives [rowCount, width], row after row.</param>
public delegate void RowEncoder(int firstRow, int rowCount, Span<float> values);
