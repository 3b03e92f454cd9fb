using System.Globalization;
using System.Text;

namespace LineRec.Onnx;

/// <summary>
/// Cuts a text into BERT's words, as the published tokenisers do (Devlin et al., NAACL 2019, its BasicTokenizer; Hugging Face tokenizers'
/// BertNormalizer and BertPreTokenizer): control characters go, Chinese characters and punctuation stand alone, and for uncased models
/// accents go and letters become small.
/// </summary>
/// <remarks>Microsoft.ML.Tokenizers' own pre-tokeniser loses symbols ($, +, emoji) and leaves accents to ICU; docs/decisions/0011 has the cases.</remarks>
internal static class BertWords
{
    /// <summary>The words of a text with a space after each.</summary>
    /// <param name="text">The text; half a surrogate pair is no character.</param>
    /// <param name="lowerCase">Whether for an uncased model.</param>
    /// <param name="mostWords">Where to stop: a word is a token at least.</param>
    internal static string Cut(ReadOnlySpan<char> text, bool lowerCase, int mostWords)
    {
        var words = new Writer(mostWords);
        Span<Rune> parts = stackalloc Rune[3];
        foreach (var rune in text.EnumerateRunes())
        {
            if (words.IsFull) break;
            if (Rune.IsWhiteSpace(rune) && !IsOther(rune)) // the controls among them join what they separate, but for tab and line ends
            {
                words.End();
                continue;
            }

            if (rune.Value is 0 or 0xFFFD || IsOther(rune)) continue;
            bool alone = IsChinese(rune.Value);
            if (alone) words.End();
            if (!lowerCase)
            {
                words.Add(rune, IsPunctuation(rune));
            }
            else
            {
                int count = Decompositions.Strip(rune, parts);
                for (int i = 0; i < count; i++) words.Add(Rune.ToLowerInvariant(parts[i]), IsPunctuation(parts[i]));
            }

            if (alone) words.End();
        }

        return words.Complete();
    }

    private static bool IsOther(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') &&
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;

    /// <summary>ASCII's symbols count as punctuation; those beyond don't.</summary>
    private static bool IsPunctuation(Rune rune) => rune.IsAscii ? !Rune.IsLetterOrDigit(rune) && rune.Value > ' ' : Rune.IsPunctuation(rune);

    private static bool IsChinese(int point) => point is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or
        (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>Collects words; one that is too long becomes the unknown token, whatever its length, at no cost of memory.</summary>
    private struct Writer(int mostWords)
    {
        private readonly StringBuilder _text = new();
        private int _start;
        private int _length;
        private int _words;

        internal readonly bool IsFull => _words >= mostWords;

        internal void Add(Rune rune, bool alone)
        {
            if (alone) End();
            if (_length++ < BertTextDefaults.LongestWord)
            {
                Span<char> characters = stackalloc char[2];
                _text.Append(characters[..rune.EncodeToUtf16(characters)]);
            }

            if (alone) End();
        }

        internal void End()
        {
            if (_length == 0) return;
            if (_length > BertTextDefaults.LongestWord)
            {
                _text.Length = _start;
                _text.Append(BertVocabulary.Unknown); // typed by a user, its brackets would stand alone
            }

            _text.Append(' ');
            (_start, _length) = (_text.Length, 0);
            _words++;
        }

        internal string Complete()
        {
            End();
            return _text.ToString();
        }
    }
}
