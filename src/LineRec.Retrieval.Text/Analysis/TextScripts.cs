namespace LineRec.Retrieval.Text;

/// <summary>Tells scripts apart by character.</summary>
internal static class TextScripts
{
    /// <summary>Whether it is a Chinese character of Unicode's first plane.</summary>
    public static bool IsChinese(char c) => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uF900' and <= '\uFAFF') or '\u3005' or '\u3007';

    /// <summary>Whether it is written without spaces between words: Chinese, hiragana, katakana.</summary>
    public static bool IsCjk(char c) => IsChinese(c) || c is (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FC');

    /// <summary>A Latin letter or a digit, after folding.</summary>
    public static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c) || (c < '\u0250' && char.IsLetterOrDigit(c));

    /// <summary>A part of a word in another script; half a surrogate pair counts, since what is rare is a letter more often than not.</summary>
    public static bool IsOther(char c) => !IsLatin(c) && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark);
}
