using Lucene.Net.Analysis.Miscellaneous;

namespace LineRec.Retrieval.Text;

/// <summary>Makes equal what reads alike: small letters, no accents, half-width forms, and, if wanted, simplified characters.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TextFolding(bool traditionalAsSimplified)
{
    private const int MostOfOne = 4; // ASCIIFoldingFilter writes at most four characters for one
    private readonly char[]? _simplified = traditionalAsSimplified ? IcuText.Simplified : null;
    private char[] _input = new char[128];
    private char[] _output = new char[128 * MostOfOne];

    public string Fold(string text)
    {
        if (_input.Length < text.Length) (_input, _output) = (new char[text.Length * 2], new char[text.Length * 2 * MostOfOne]);
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsSurrogate(c))
            {
                bool isPair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
                _input[length++] = isPair ? c : ' '; // half a pair is no character, and what follows may not know what to do with it
                if (isPair) _input[length++] = text[++i];
                continue;
            }

            if (IsCombiningAccent(c)) continue;
            _input[length++] = _simplified is null ? char.ToLowerInvariant(c) : _simplified[char.ToLowerInvariant(c)];
        }

        length = ASCIIFoldingFilter.FoldToASCII(_input, 0, _output, 0, length);
        return new string(_output, 0, length);
    }

    /// <summary>Of letters that are written as two characters; the letters alone stay.</summary>
    private static bool IsCombiningAccent(char c) => c is >= '\u0300' and <= '\u036F';
}
