namespace LineRec;

/// <summary>What a bundle's manifest says of one ONNX model.</summary>
/// <param name="File">Its path in the bundle, with '/'.</param>
/// <param name="Inputs">Its inputs by the graph's names.</param>
/// <param name="Output">The name of the output that is read.</param>
/// <param name="Fingerprint">The fingerprint of the feature state that it was trained with.</param>
public sealed record ModelDescription(string File, IReadOnlyList<ModelInput> Inputs, string Output, string Fingerprint);
