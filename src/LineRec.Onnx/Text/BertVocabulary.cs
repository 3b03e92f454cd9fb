using System.Text;
using Microsoft.ML.Tokenizers;

namespace LineRec.Onnx;

/// <summary>A vocab.txt (a token a line, its id the line's number from 0) and the word pieces over it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class BertVocabulary
{
    internal const string Unknown = "[UNK]";
    private const string Cls = "[CLS]", Sep = "[SEP]", Pad = "[PAD]", Continuation = "##";
    private readonly WordPieceTokenizer _pieces;
    private readonly bool _lowerCase;
    private readonly int _maxTokens;

    private BertVocabulary(string path, string[] tokens, bool lowerCase, int maxTokens)
    {
        (Count, _lowerCase, _maxTokens) = (tokens.Length, lowerCase, maxTokens);
        var ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Length; id++)
        {
            if (!ids.TryAdd(tokens[id], id)) throw new InvalidOperationException($"The vocabulary '{path}' has the token '{tokens[id]}' in lines {ids[tokens[id]] + 1} and {id + 1}. Take the vocab.txt that the model was published with.");
        }

        string[] missing = [.. new[] { Cls, Sep, Pad, Unknown }.Where(t => !ids.ContainsKey(t))];
        if (missing.Length > 0)
            throw new InvalidOperationException($"The vocabulary '{path}' ({tokens.Length} lines) lacks {string.Join(", ", missing)}: it isn't a BERT vocab.txt, a token a line. Take the one that the model was published with.");
        (ClsId, SepId, PadId) = (ids[Cls], ids[Sep], ids[Pad]);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', tokens)));
        _pieces = WordPieceTokenizer.Create(stream, new WordPieceOptions
        {
            PreTokenizer = PreTokenizer.CreateWhiteSpace(),
            UnknownToken = Unknown,
            ContinuingSubwordPrefix = Continuation,
            MaxInputCharsPerWord = 2 * BertTextDefaults.LongestWord, // it counts UTF-16's halves; long words are unknown before they get here
        });
    }

    internal int Count { get; }

    internal int ClsId { get; }

    internal int SepId { get; }

    internal int PadId { get; }

    internal static BertVocabulary Load(string path, bool lowerCase, int maxTokens)
    {
        if (!File.Exists(path)) throw new InvalidOperationException($"There is no vocabulary at '{path}'. Put the model's vocab.txt there.");
        return new BertVocabulary(path, File.ReadAllLines(path), lowerCase, maxTokens);
    }

    /// <summary>The ids of a text's tokens, [CLS] first and [SEP] last.</summary>
    internal int[] Encode(string text)
    {
        int most = _maxTokens - 2;
        string words = BertWords.Cut(text, _lowerCase, most);
        var ids = words.Length == 0 ? [] : _pieces.EncodeToIds(words, considerPreTokenization: true, considerNormalization: false);
        return [ClsId, .. ids.Take(most), SepId];
    }
}
