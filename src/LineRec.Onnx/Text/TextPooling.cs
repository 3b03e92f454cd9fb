namespace LineRec.Onnx;

/// <summary>How a BERT-type model's vectors of tokens become one vector of the text. A model is trained with one of them; its page says which.</summary>
public enum TextPooling
{
    /// <summary>The mean over all tokens, the first and the last included, padding left out: Sentence-BERT (Reimers, Gurevych, EMNLP 2019), all-MiniLM, E5.</summary>
    Mean,

    /// <summary>The vector of the first token, [CLS]: BGE, GTE, SimCSE.</summary>
    Cls,
}
