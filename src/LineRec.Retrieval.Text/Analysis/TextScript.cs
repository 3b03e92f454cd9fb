namespace LineRec.Retrieval.Text;

/// <summary>What a word is written in, as far as it is treated differently.</summary>
internal enum TextScript
{
    /// <summary>Latin letters and digits.</summary>
    Latin,

    /// <summary>Chinese characters and kana: no spaces between words, so that words are cut by guess.</summary>
    Cjk,

    /// <summary>Anything else.</summary>
    Other,
}
