namespace LineRec.Retrieval.Text;

/// <summary>What cuts Chinese text, which has no spaces, into words.</summary>
public enum ChineseWords
{
    /// <summary>ICU's dictionary: simplified and traditional Chinese, Japanese, Thai and other scripts without spaces. It can't run where the host knows the invariant culture only.</summary>
    Icu = 0,

    /// <summary>Lucene's SmartCn, a hidden Markov model of simplified Chinese newspapers. Other scripts are cut by Unicode's rules (UAX #29). It runs anywhere.</summary>
    SmartCn = 1,
}
