using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LineRec.Onnx;

/// <summary>Opens a graph and checks it against its description.</summary>
internal static class OnnxSession
{
    internal static InferenceSession Open(string name, string path, ModelDescription description, OnnxOptions options)
    {
        var session = Create(name, path, options);
        try
        {
            Check(name, session, description);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    internal static InferenceSession Create(string name, string path, OnnxOptions options)
    {
        if (!File.Exists(path)) throw new InvalidOperationException($"Model '{name}' has no file at '{path}'. Export it, or correct the path.");
        try
        {
            using var sessionOptions = new SessionOptions
            {
                IntraOpNumThreads = options.ThreadCount,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            sessionOptions.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // idle threads leave the cores to other requests
            return new InferenceSession(path, sessionOptions);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException($"Model '{name}' at '{path}' can't be loaded: {error.Message} Export it anew.", error);
        }
    }

    /// <summary>Whether an input has one row however many candidates there are: the user's values, or what the graph itself fixes to 1.</summary>
    internal static bool IsSingleRow(InferenceSession session, ModelInput input) => input.Block == ModelBlocks.User || session.InputMetadata[input.Name].Dimensions[0] == 1;

    private static void Check(string name, InferenceSession session, ModelDescription description)
    {
        foreach (var input in description.Inputs)
        {
            if (input.Kind == ModelInputKind.Ids)
                throw new InvalidOperationException($"Input '{input.Name}' of model '{name}' takes ids that the graph embeds itself, which isn't served. Keep the table beside the graph and describe the input as gathered.");
            if (!session.InputMetadata.TryGetValue(input.Name, out var node))
                throw new InvalidOperationException($"Model '{name}' has no input '{input.Name}'; it has {Names(session.InputMetadata.Keys)}. Correct the model's description in the manifest, or export the graph with that name.");
            if (!node.IsTensor || node.ElementDataType != TensorElementType.Float)
                throw new InvalidOperationException($"Input '{input.Name}' of model '{name}' holds {node.ElementDataType}; 32-bit floats are fed. Export the graph with float inputs.");
            int[] shape = node.Dimensions;
            if (!Fits(shape, input))
                throw new InvalidOperationException($"Input '{input.Name}' of model '{name}' has the shape [{string.Join(", ", shape)}]; [rows, {(input.Length is { } length ? $"{length}, " : "")}{input.Width}] is described. Export graph and manifest together.");
            if (shape[0] > 1)
                throw new InvalidOperationException($"Input '{input.Name}' of model '{name}' has its rows fixed to {shape[0]}. Export the graph with a free batch dimension.");
        }

        foreach (string input in session.InputMetadata.Keys)
        {
            if (!description.Inputs.Any(i => i.Name == input))
                throw new InvalidOperationException($"Model '{name}' has the input '{input}', which its description doesn't name; it names {Names(description.Inputs.Select(i => i.Name))}. Describe it in the manifest.");
        }

        if (!session.OutputMetadata.ContainsKey(description.Output))
            throw new InvalidOperationException($"Model '{name}' has no output '{description.Output}'; it has {Names(session.OutputMetadata.Keys)}. Correct the model's description in the manifest.");
    }

    // A size of -1 is free.
    private static bool Fits(int[] shape, ModelInput input)
    {
        long[] described = input.Shape(0);
        return shape.Length == described.Length && Enumerable.Range(1, shape.Length - 1).All(i => shape[i] < 0 || shape[i] == described[i]);
    }

    internal static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'").DefaultIfEmpty("none"));
}
