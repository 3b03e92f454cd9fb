using System.Globalization;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Text;

namespace LineRec.Onnx;

/// <summary>
/// Embeds texts by a BERT-type model: an ONNX file with the inputs input_ids, attention_mask and perhaps token_type_ids and a vector for each
/// token as output, and the vocab.txt that it was published with. Encodes the titles of a catalog (<see cref="TextTable"/>) and the queries of a search.
/// </summary>
/// <remarks>
/// Thread-safe. A text is padded to a length that depends on the text alone, so its vector is the same in any batch but for what the
/// processor's kernels leave to the batch's size, 1e-6 or so. Load only files that you trust: a graph is a program.
/// J. Devlin et al., "BERT", NAACL 2019; N. Reimers, I. Gurevych, "Sentence-BERT", EMNLP 2019.
/// </remarks>
public sealed class BertTextEncoder : ITextEncoder, IDisposable
{
    private const int LengthStep = 4; // texts are padded to a multiple, so that a batch finds company
    private const int MostTokensOfRun = 16_384; // bounds the memory of a run: 100 MB or so of activations
    private const int Scheme = 1; // changes when the same files and options give other vectors
    private readonly BertGraph _graph;
    private readonly BertVocabulary _vocabulary;
    private readonly BertTextOptions _options;
    private volatile bool _disposed;

    private BertTextEncoder(BertGraph graph, BertVocabulary vocabulary, BertTextOptions options, string fingerprint) =>
        (_graph, _vocabulary, _options, Fingerprint) = (graph, vocabulary, options, fingerprint);

    /// <inheritdoc/>
    public int Dimension => _graph.Dimension;

    /// <summary>What the vectors depend on: a hash of the model, the vocabulary and the options. Vectors are comparable where it is equal.</summary>
    public string Fingerprint { get; }

    /// <summary>Loads a model and tries it: the last token of the vocabulary, and a text of <see cref="BertTextOptions.MaxTokens"/>.</summary>
    /// <param name="modelPath">The .onnx file.</param>
    /// <param name="vocabularyPath">Its vocab.txt, a token a line.</param>
    /// <param name="options">How texts are encoded; null means the defaults, which are those of all-MiniLM-L6-v2.</param>
    /// <exception cref="InvalidOperationException">A file is missing or can't be loaded, an input or output isn't a BERT-type model's, or model and vocabulary don't fit; the message says what to do.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static BertTextEncoder Load(string modelPath, string vocabularyPath, BertTextOptions? options = null)
    {
        options ??= new BertTextOptions();
        options.Validate();
        var vocabulary = BertVocabulary.Load(vocabularyPath, options.LowerCase, options.MaxTokens);
        var graph = BertGraph.Load(modelPath, vocabulary, options);
        try
        {
            return new BertTextEncoder(graph, vocabulary, options, FingerprintOf(modelPath, vocabularyPath, options));
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>The ids of a text's tokens as the model gets them: [CLS], at most <see cref="BertTextOptions.MaxTokens"/> - 2, [SEP]. A text that spells a special token is a text.</summary>
    /// <param name="text">The text.</param>
    public int[] Tokenize(string text) => _vocabulary.Encode(text);

    /// <inheritdoc/>
    /// <remarks>A text without any token (empty, white space) gets zeros.</remarks>
    public void Encode(string text, Span<float> vector) => Encode([text], vector);

    /// <summary>Computes the vectors of many texts: in runs of texts of like length, so that little is padding.</summary>
    /// <param name="texts">The texts; one without any token gets zeros.</param>
    /// <param name="vectors">Receives [texts, <see cref="Dimension"/>], in the texts' order.</param>
    /// <exception cref="ArgumentException">The room isn't that of the texts.</exception>
    public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (vectors.Length != (long)texts.Count * Dimension)
            throw new ArgumentException($"There is room for {vectors.Length} values; {texts.Count} texts have {(long)texts.Count * Dimension}, {Dimension} each.", nameof(vectors));
        vectors.Clear();
        var tokens = new int[texts.Count][];
        var order = new List<int>(texts.Count);
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = Tokenize(texts[i]);
            if (tokens[i].Length > 2) order.Add(i); // more than [CLS] and [SEP]
        }

        order.Sort((a, b) => (Padded(tokens[a].Length), a).CompareTo((Padded(tokens[b].Length), b)));
        for (int first = 0; first < order.Count;)
        {
            int length = Padded(tokens[order[first]].Length), count = 1;
            int most = Math.Min(_options.BatchSize, MostTokensOfRun / length);
            while (count < most && first + count < order.Count && Padded(tokens[order[first + count]].Length) == length) count++;
            Run(tokens, order.GetRange(first, count), length, vectors);
            first += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _graph.Dispose();
    }

    private int Padded(int length) => Math.Min((length + LengthStep - 1) / LengthStep * LengthStep, _options.MaxTokens);

    /// <summary>One run of the model, over texts of one padded length.</summary>
    private void Run(int[][] tokens, List<int> texts, int length, Span<float> vectors)
    {
        long[] ids = new long[texts.Count * length], mask = new long[ids.Length];
        Array.Fill(ids, _vocabulary.PadId);
        for (int row = 0; row < texts.Count; row++)
        {
            int[] own = tokens[texts[row]];
            for (int i = 0; i < own.Length; i++) (ids[(row * length) + i], mask[(row * length) + i]) = (own[i], 1);
        }

        using var outputs = _graph.Run(ids, mask, texts.Count, length);
        var states = outputs[0].GetTensorDataAsSpan<float>(); // [texts, length, dimension]
        for (int row = 0; row < texts.Count; row++)
            Pool(states.Slice(row * length * Dimension, tokens[texts[row]].Length * Dimension), vectors.Slice(texts[row] * Dimension, Dimension));
    }

    /// <summary>A text's vector, of its tokens' [tokens, dimension]; padding isn't among them.</summary>
    private void Pool(ReadOnlySpan<float> states, Span<float> vector)
    {
        states[..Dimension].CopyTo(vector);
        if (_options.Pooling == TextPooling.Mean)
        {
            for (int at = Dimension; at < states.Length; at += Dimension) TensorPrimitives.Add(vector, states.Slice(at, Dimension), vector);
            TensorPrimitives.Divide(vector, states.Length / Dimension, vector);
        }

        if (!_options.Normalize) return;
        float norm = TensorPrimitives.Norm(vector);
        if (norm > 0f) TensorPrimitives.Divide(vector, norm, vector);
    }

    private static string FingerprintOf(string modelPath, string vocabularyPath, BertTextOptions options)
    {
        var hash = new XxHash128();
        // Weights beyond protobuf's 2 GB lie beside the graph, under one of these names.
        foreach (string file in new[] { modelPath, modelPath + "_data", modelPath + ".data", vocabularyPath })
        {
            if (!File.Exists(file)) continue;
            using var stream = File.OpenRead(file);
            hash.Append(BitConverter.GetBytes(stream.Length));
            hash.Append(stream);
        }

        hash.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{Scheme}|{options.LowerCase}|{options.MaxTokens}|{options.Pooling}|{options.Normalize}|{options.Output}")));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
