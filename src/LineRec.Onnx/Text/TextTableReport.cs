namespace LineRec.Onnx;

/// <summary>What <see cref="TextTable"/> did.</summary>
/// <param name="Rows">Rows of the table: the catalog's items.</param>
/// <param name="Missing">Rows without a text, which got zeros.</param>
/// <param name="Texts">Distinct texts.</param>
/// <param name="Cached">Texts whose vectors were in the cache.</param>
/// <param name="Encoded">Texts that the model encoded, so far where this is a report of progress.</param>
public sealed record TextTableReport(int Rows, int Missing, int Texts, int Cached, int Encoded);
