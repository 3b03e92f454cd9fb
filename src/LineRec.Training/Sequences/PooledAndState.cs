using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// The weighted sum of the rows, of length 1, and a projection of what another layer says of their order. The projection starts at zero, so
/// it starts as plain pooling, and the order adds what pooling doesn't know.
/// </summary>
internal sealed class PooledAndState : SequenceLayer
{
    private readonly SequenceLayer _state;
    private readonly Dense _projection;
    private readonly Normalize _normalize;

    public PooledAndState(SequenceLayer state)
        : base(state.Width, state.Length)
    {
        _state = state;
        _projection = new Dense(Width, Width, random: null);
        _normalize = new Normalize(Width);
    }

    public override IEnumerable<Parameter> Parameters => [.. _state.Parameters, .. _projection.Parameters];

    public override Tensor Forward(Tensor rows, Tensor weights) =>
        _normalize.Forward(WeightedSum(weights, rows)).Plus(_projection.Forward(_state.Forward(rows, weights)));

    public override string Emit(OnnxGraph graph, string rows, string weights)
    {
        string pooled = _normalize.Emit(graph, EmitWeightedSum(graph, weights, rows));
        return graph.Node("Add", [pooled, _projection.Emit(graph, _state.Emit(graph, rows, weights))]);
    }
}
