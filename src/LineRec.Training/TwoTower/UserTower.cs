using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// A history, pooled [n, d] or as rows [n, T, d] that a sequence model reads, → user vectors of length 1 [n, d]. Starts as plain normalisation
/// of the pooled history.
/// </summary>
internal sealed class UserTower : IDisposable
{
    private const string History = "history", Weights = "weights";
    private readonly SequenceLayer? _sequence;
    private readonly Layer _layers;

    public UserTower(TwoTowerOptions options, Random random)
    {
        int width = options.Dimension, length = options.HistoryPooling.Last;
        _sequence = options.SequenceModel switch
        {
            SequenceModel.Attention => new AttentionPooling(width, length, random),
            SequenceModel.Gru => new PooledAndState(new GatedRecurrence(width, length, random)),
            SequenceModel.SelfAttention => new PooledAndState(new SelfAttention(width, length, random)),
            _ => null,
        };
        var normalize = new Normalize(width);
        _layers = options.UserHiddenWidth == 0
            ? normalize
            : new Sequential(normalize, Towers.ResidualBlock(width, options.UserHiddenWidth, random), new Normalize(width));
    }

    public IEnumerable<Parameter> Parameters => [.. _sequence?.Parameters ?? [], .. _layers.Parameters];

    /// <summary>What the tower reads of histories.</summary>
    public UserInputs Read(PickedHistories histories, EmbeddingTable items) => _sequence is null ? UserInputs.Pool(histories, items) : UserInputs.Gather(histories, items);

    /// <summary>User vectors.</summary>
    /// <param name="rows">See <see cref="UserInputs.Rows"/>.</param>
    /// <param name="weights">See <see cref="UserInputs.Weights"/>.</param>
    public Tensor Forward(Tensor rows, Tensor? weights) => _layers.Forward(_sequence is null ? rows : _sequence.Forward(rows, weights!));

    /// <summary>The tower as an ONNX model: input `history`, with a sequence model also `weights`; output `vector`.</summary>
    public byte[] ToOnnx()
    {
        var graph = new OnnxGraph("user_tower");
        string pooled = _sequence is null
            ? graph.Input(History, _layers.InputWidth)
            : _sequence.Emit(graph, graph.SequenceInput(History, _sequence.Length, _sequence.Width), graph.Input(Weights, _sequence.Length));
        graph.Output(_layers.Emit(graph, pooled), "vector", _layers.OutputWidth);
        return graph.ToBytes();
    }

    /// <summary>The graph's inputs, as the manifest describes them.</summary>
    /// <param name="table">The item table's name.</param>
    public IReadOnlyList<ModelInput> Describe(string table) =>
    [
        new ModelInput(History, ModelInputKind.Gathered, _layers.InputWidth, table, Length: _sequence?.Length),
        .. _sequence is null ? (ModelInput[])[] : [new ModelInput(Weights, ModelInputKind.Weights, _sequence.Length, table)],
    ];

    public void Dispose()
    {
        _sequence?.Dispose();
        _layers.Dispose();
    }
}
