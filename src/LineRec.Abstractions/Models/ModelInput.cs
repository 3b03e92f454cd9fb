namespace LineRec;

/// <summary>One input of an ONNX model.</summary>
/// <param name="Name">The input's name in the graph.</param>
/// <param name="Kind">What is fed: <see cref="ModelInputKind"/>.</param>
/// <param name="Width">Values a row.</param>
/// <param name="Table">For gathered rows: the table, a file tables/{Table}.npy of the bundle.</param>
/// <param name="Block">For dense values: which block of the feature encoder: "user", "item" or "cross".</param>
public sealed record ModelInput(string Name, ModelInputKind Kind, int Width, string? Table = null, string? Block = null);
