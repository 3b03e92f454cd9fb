using LineRec.Features;
using Microsoft.ML.OnnxRuntime;

namespace LineRec.Onnx;

/// <summary>
/// A dense ONNX graph: float inputs [rows, width] (or [rows, length, width], for a history's items one by one) that the caller fills in place, one float output. Memory and shapes are bound once a
/// padded batch size, so that a call allocates nothing.
/// </summary>
/// <remarks>Thread-safe; concurrent calls have buffers of their own. Load only files that you trust: a graph is a program.</remarks>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly ScratchPool<OnnxBatch> _batches;
    private readonly bool[] _singleRow;
    private volatile bool _disposed;

    private OnnxModel(string name, InferenceSession session, ModelDescription description, int smallestBatch)
    {
        (Name, _session, Description, SmallestBatch) = (name, session, description, smallestBatch);
        _singleRow = [.. description.Inputs.Select(i => OnnxSession.IsSingleRow(session, i))];
        (OutputWidth, OutputRank) = Probe();
        _batches = new ScratchPool<OnnxBatch>(() => new OnnxBatch(this));
    }

    /// <summary>The model's name in its bundle.</summary>
    public string Name { get; }

    /// <summary>What its inputs are.</summary>
    public ModelDescription Description { get; }

    /// <summary>Values a row of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>Rows that shorter calls are padded to.</summary>
    public int SmallestBatch { get; }

    internal InferenceSession Session => _session;

    internal RunOptions RunOptions => _runOptions;

    internal int OutputRank { get; }

    /// <summary>Loads a graph, checks it against its description and runs it once on zeros.</summary>
    /// <param name="name">The model's name, for messages.</param>
    /// <param name="path">The .onnx file.</param>
    /// <param name="description">Its inputs and the output that is read.</param>
    /// <param name="options">How it is run; null means the defaults.</param>
    /// <param name="smallestBatch">Rows that shorter calls are padded to, 1 or more.</param>
    /// <exception cref="InvalidOperationException">The file can't be loaded, or isn't as described; the message names the input and what to do.</exception>
    public static OnnxModel Load(string name, string path, ModelDescription description, OnnxOptions? options = null, int smallestBatch = OnnxDefaults.SmallestBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smallestBatch);
        if (!File.Exists(path)) throw new InvalidOperationException($"Model '{name}' has no file at '{path}'. Export it, or correct the manifest.");
        var session = OnnxSession.Open(name, path, description, (options ?? new OnnxOptions()).Validated());
        try
        {
            return new OnnxModel(name, session, description, smallestBatch);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The model of a snapshot, loaded once for all its users.</summary>
    /// <param name="snapshot">The snapshot, which disposes it.</param>
    /// <param name="name">The model's name in the bundle: "user_tower", "rankers/home".</param>
    /// <param name="neededBy">Who needs it, for messages.</param>
    /// <param name="options">How it is run; the first caller's count. Null means the defaults.</param>
    /// <param name="smallestBatch">Rows that shorter calls are padded to, 1 or more; the first caller's count.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such model, or it doesn't fit its description or the snapshot's feature state.</exception>
    public static OnnxModel ForSnapshot(ModelSnapshot snapshot, string name, string neededBy, OnnxOptions? options = null, int smallestBatch = OnnxDefaults.SmallestBatch) => snapshot.GetOrCreate($"onnx/{name}", s =>
    {
        if (!s.Models.TryGetValue(name, out var description))
        {
            string known = string.Join(", ", s.Models.Keys.Order(StringComparer.Ordinal).Select(m => $"'{m}'").DefaultIfEmpty("none"));
            throw new InvalidOperationException($"{neededBy} needs the model '{name}', which bundle '{s.Version}' doesn't have; its models: {known}. Train and publish it, or name one of those.");
        }

        SnapshotInputs.RequireFeatures(s, name, description);
        return Load(name, s.GetFile(description.File, neededBy), description, options, smallestBatch);
    });

    /// <summary>Takes buffers for one call; dispose the batch to give them back.</summary>
    /// <param name="rows">Rows of the inputs that have more than one, 1 or more.</param>
    public OnnxBatch Rent(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var batch = _batches.Rent();
        batch.Begin(rows);
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var batch in _batches.Drain()) batch.Free();
        _runOptions.Dispose();
        _session.Dispose();
    }

    internal bool IsSingleRow(int input) => _singleRow[input];

    internal void Return(OnnxBatch batch)
    {
        if (_disposed || !_batches.Return(batch)) batch.Free();
    }

    /// <summary>Runs the graph on zeros to learn the output's true shape, which exporters often leave open.</summary>
    private (int Width, int Rank) Probe()
    {
        const int Rows = 2;
        bool batched = _singleRow.Contains(false);
        int rows = batched ? Rows : 1;
        string[] names = [.. Description.Inputs.Select(i => i.Name)];
        OrtValue[] values = [.. Description.Inputs.Select((input, i) => Zeros(input, _singleRow[i] ? 1 : rows))];
        try
        {
            using var outputs = _session.Run(_runOptions, names, values, [Description.Output]);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            if (shape.Length is 1 or 2 && shape[0] == rows && outputs[0].GetTensorTypeAndShape().ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
                return (shape.Length == 1 ? 1 : (int)shape[1], shape.Length);
            throw new InvalidOperationException($"Output '{Description.Output}' of model '{Name}' has the shape [{string.Join(", ", shape)}] for {rows} rows; floats of [{rows}] or [{rows}, width] are needed. Export the graph with one output row an input row.");
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException($"Model '{Name}' can't be run on the inputs that its description names: {error.Message} Export graph and manifest together.", error);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    private static OrtValue Zeros(ModelInput input, int rows) => OrtValue.CreateTensorValueFromMemory(new float[rows * input.ValuesPerRow()], input.Shape(rows));
}
