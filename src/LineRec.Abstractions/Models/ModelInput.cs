namespace LineRec;

/// <summary>One input of an ONNX model.</summary>
/// <param name="Name">The input's name in the graph.</param>
/// <param name="Kind">What is fed: <see cref="ModelInputKind"/>.</param>
/// <param name="Width">Values a row.</param>
/// <param name="Table">For gathered rows: the table, a file tables/{Table}.npy of the bundle. For weights: the table of the rows that they belong to.</param>
/// <param name="Block">For dense values: which block of the feature encoder: "user", "item" or "cross".</param>
/// <param name="Length">
/// For the items of a history one by one: how many rows of the table are gathered for an input row, newest first and zeros behind the
/// last; the input is [rows, Length, Width] then. Null where one row is fed.
/// </param>
public sealed record ModelInput(string Name, ModelInputKind Kind, int Width, string? Table = null, string? Block = null, int? Length = null);
