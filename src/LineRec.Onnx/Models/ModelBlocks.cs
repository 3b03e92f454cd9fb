namespace LineRec.Onnx;

/// <summary>The names of the feature encoder's blocks in a <see cref="ModelInput"/>.</summary>
public static class ModelBlocks
{
    /// <summary>Values of the user and the request: one row.</summary>
    public const string User = "user";

    /// <summary>Values of the item alone: a row a candidate.</summary>
    public const string Item = "item";

    /// <summary>Values of the pair: a row a candidate.</summary>
    public const string Cross = "cross";
}
