namespace LineRec.Onnx;

/// <summary>Defaults of <see cref="BertTextOptions"/>, and limits of BERT's tokeniser.</summary>
public static class BertTextDefaults
{
    /// <summary>What all-MiniLM-L6-v2 is published with; titles are far shorter.</summary>
    public const int MaxTokens = 256;

    /// <summary>Texts a run: enough that the weights, read once a run, are worth it.</summary>
    public const int BatchSize = 32;

    /// <summary>Characters beyond which BERT's tokeniser takes a word for an unknown one.</summary>
    public const int LongestWord = 100;
}
