using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LineRec.Onnx;

/// <summary>The graph of a BERT-type model: ids of tokens in, a vector for each token out. Checked and tried when it is loaded.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BertGraph : IDisposable
{
    private const string Ids = "input_ids", Mask = "attention_mask", Types = "token_type_ids", LastHiddenState = "last_hidden_state";
    private const int MostPadding = 128; // exporters round the table of tokens up to a multiple of 64 or 128
    private readonly string _path;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string[] _output;

    private BertGraph(string path, InferenceSession session, string? output)
    {
        (_path, _session) = (path, session);
        _inputs = InputsOf(path, session);
        _output = [OutputOf(path, session, output)];
    }

    /// <summary>Values of a token's vector.</summary>
    internal int Dimension { get; private set; }

    internal static BertGraph Load(string path, BertVocabulary vocabulary, BertTextOptions options)
    {
        var session = OnnxSession.Create(Path.GetFileName(path), path, new OnnxOptions { ThreadCount = options.ThreadCount });
        var graph = default(BertGraph);
        try
        {
            graph = new BertGraph(path, session, options.Output);
            graph.Probe(vocabulary, options.MaxTokens);
            return graph;
        }
        catch
        {
            graph?._runOptions.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="ids">Ids [rows, tokens].</param>
    /// <param name="mask">1 for a token, 0 for padding [rows, tokens].</param>
    /// <param name="rows">Texts.</param>
    /// <param name="tokens">Tokens a text.</param>
    /// <returns>The one output: vectors [rows, tokens, <see cref="Dimension"/>]. Dispose it when they have been read.</returns>
    internal IDisposableReadOnlyCollection<OrtValue> Run(Memory<long> ids, Memory<long> mask, int rows, int tokens)
    {
        try
        {
            return Run(_runOptions, ids, mask, rows, tokens);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException($"Model '{_path}' failed on {rows} texts of {tokens} tokens: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static string[] InputsOf(string path, InferenceSession session)
    {
        foreach (string needed in new[] { Ids, Mask })
        {
            if (!session.InputMetadata.ContainsKey(needed))
                throw new InvalidOperationException($"Model '{path}' has no input '{needed}'; it has {OnnxSession.Names(session.InputMetadata.Keys)}. A BERT-type model takes '{Ids}', '{Mask}' and perhaps '{Types}': export it with these names.");
        }

        foreach (var (name, node) in session.InputMetadata)
        {
            if (name is not (Ids or Mask or Types))
                throw new InvalidOperationException($"Model '{path}' has the input '{name}', which nothing is known to be fed to; '{Ids}', '{Mask}' and '{Types}' are. Export it without, or with one of these names.");
            if (!node.IsTensor || node.ElementDataType is not (TensorElementType.Int64 or TensorElementType.Int32))
                throw new InvalidOperationException($"Input '{name}' of model '{path}' holds {node.ElementDataType}; ids are 64- or 32-bit integers. Export it with int64 inputs.");
            if (node.Dimensions.Length != 2 || node.Dimensions.Any(d => d >= 0))
                throw new InvalidOperationException($"Input '{name}' of model '{path}' has the shape [{string.Join(", ", node.Dimensions)}]; [texts, tokens] with both free is needed. Export it with dynamic axes.");
        }

        return [.. session.InputMetadata.Keys];
    }

    private static string OutputOf(string path, InferenceSession session, string? wanted)
    {
        var outputs = session.OutputMetadata;
        string all = string.Join(", ", outputs.Select(o => $"'{o.Key}' [{string.Join(", ", o.Value.Dimensions)}]"));
        string name = wanted ?? LastHiddenState;
        if (!outputs.ContainsKey(name))
        {
            string[] candidates = [.. outputs.Where(o => o.Value.Dimensions.Length == 3).Select(o => o.Key)];
            if (wanted is not null || candidates.Length != 1)
                throw new InvalidOperationException($"Model '{path}' has no output '{name}'; it has {all}. Name the one with a vector for each token [texts, tokens, dimension] in {nameof(BertTextOptions)}.{nameof(BertTextOptions.Output)}.");
            name = candidates[0];
        }

        var node = outputs[name];
        if (!node.IsTensor || node.ElementDataType != TensorElementType.Float)
            throw new InvalidOperationException($"Output '{name}' of model '{path}' holds {node.ElementDataType}; 32-bit floats are read. Export it with float outputs.");
        if (node.Dimensions.Length is not (0 or 3))
            throw new InvalidOperationException($"Output '{name}' of model '{path}' has the shape [{string.Join(", ", node.Dimensions)}]; a vector for each token [texts, tokens, dimension] is needed, which is pooled here. The outputs are {all}.");
        return name;
    }

    /// <summary>Tries the vocabulary's last token, one that the vocabulary doesn't have, and a text of the greatest length.</summary>
    private void Probe(BertVocabulary vocabulary, int maxTokens)
    {
        if (Try([vocabulary.ClsId, vocabulary.Count - 1, vocabulary.SepId]) is { } error)
            throw new InvalidOperationException($"Model '{_path}' fails on the last of the vocabulary's {vocabulary.Count} tokens: they come from different models. Take model and vocab.txt of one publication. ({error})");
        if (Try([vocabulary.ClsId, vocabulary.Count - 1 + MostPadding, vocabulary.SepId]) is null)
            throw new InvalidOperationException($"Model '{_path}' knows ids beyond the vocabulary's {vocabulary.Count} tokens: they come from different models. Take model and vocab.txt of one publication.");
        long[] longest = new long[maxTokens];
        Array.Fill(longest, vocabulary.SepId);
        if (Try(longest) is { } tooLong)
            throw new InvalidOperationException($"Model '{_path}' fails on a text of {maxTokens} tokens: set {nameof(BertTextOptions)}.{nameof(BertTextOptions.MaxTokens)} to its number of positions, 512 for most. ({tooLong})");
    }

    /// <summary>Runs one text; null where that went well, else what ONNX Runtime said.</summary>
    private string? Try(long[] ids)
    {
        long[] mask = new long[ids.Length];
        Array.Fill(mask, 1);
        using var quiet = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            using var outputs = Run(quiet, ids, mask, 1, ids.Length);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            if (shape.Length != 3 || shape[0] != 1 || shape[1] != ids.Length)
                throw new InvalidOperationException($"Output '{_output[0]}' of model '{_path}' has the shape [{string.Join(", ", shape)}] for one text of {ids.Length} tokens; a vector for each token [texts, tokens, dimension] is needed.");
            Dimension = (int)shape[2];
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return error.Message;
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(RunOptions options, Memory<long> ids, Memory<long> mask, int rows, int tokens)
    {
        long[] shape = [rows, tokens];
        var values = new OrtValue[_inputs.Length];
        try
        {
            for (int i = 0; i < values.Length; i++) values[i] = Value(_inputs[i], _inputs[i] switch { Ids => ids, Mask => mask, _ => new long[ids.Length] }, shape);
            return _session.Run(options, _inputs, values, _output);
        }
        finally
        {
            foreach (var value in values) value?.Dispose();
        }
    }

    private OrtValue Value(string input, Memory<long> values, long[] shape)
    {
        if (_session.InputMetadata[input].ElementDataType == TensorElementType.Int64) return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
        int[] narrow = new int[values.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = (int)values.Span[i];
        return OrtValue.CreateTensorValueFromMemory(narrow, shape);
    }
}
