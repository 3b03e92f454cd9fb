using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>A part of a network that makes one row of a sequence of rows, in Torch and as ONNX nodes.</summary>
/// <remarks>
/// Not thread-safe. Maps rows [n, T, Width], newest first, with weights [n, T] to [n, Width]. A weight of 0 says that there is no row at that
/// place, whatever is in it (a finite number); such places come last. Torch takes any T up to Length, the graph Length itself.
/// </remarks>
internal abstract class SequenceLayer(int width, int length) : IDisposable
{
    private const float Never = -1e9f;

    /// <summary>Values a row.</summary>
    public int Width { get; } = width;

    /// <summary>How many rows there can be.</summary>
    public int Length { get; } = length;

    /// <summary>What training changes.</summary>
    public abstract IEnumerable<Parameter> Parameters { get; }

    /// <summary>Computes the layer in Torch.</summary>
    /// <param name="rows">[n, T, Width], newest first.</param>
    /// <param name="weights">[n, T]; 0 where there is no row.</param>
    public abstract Tensor Forward(Tensor rows, Tensor weights);

    /// <summary>Adds the layer's nodes to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">The value [n, Length, Width].</param>
    /// <param name="weights">The value [n, Length].</param>
    /// <returns>The value that holds its output [n, Width].</returns>
    public abstract string Emit(OnnxGraph graph, string rows, string weights);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters) parameter.Dispose();
    }

    /// <summary>The logarithms of weights, to be added to a softmax's scores: e^score then counts weight times, and not at all where it is 0.</summary>
    protected static Tensor LogWeights(Tensor weights) => weights.log().AtLeast(Never);

    /// <summary>The same as a node.</summary>
    protected static string EmitLogWeights(OnnxGraph graph, string weights) => graph.Node("Max", [graph.Node("Log", [weights]), graph.Scalar(Never)]);

    /// <summary>Computes something of each row that is there; histories are of different lengths, and most places may be empty.</summary>
    /// <param name="rows">[n, T, Width].</param>
    /// <param name="weights">[n, T].</param>
    /// <param name="compute">[present rows, Width] to [present rows, outputs].</param>
    /// <returns>[n, T, outputs], zeros where there is no row.</returns>
    protected Tensor OfPresent(Tensor rows, Tensor weights, Func<Tensor, Tensor> compute)
    {
        var present = weights.reshape(-1).nonzero().squeeze(1);
        var values = compute(rows.reshape(-1, Width).index_select(0, present));
        return zeros(weights.numel(), values.shape[1]).index_copy(0, present, values).reshape(weights.shape[0], weights.shape[1], -1);
    }

    /// <summary>Σ weights × rows: [n, T] and [n, T, d] to [n, d].</summary>
    protected static Tensor WeightedSum(Tensor weights, Tensor rows) => weights.unsqueeze(1).matmul(rows).squeeze(1);

    /// <summary>The same as nodes.</summary>
    protected string EmitWeightedSum(OnnxGraph graph, string weights, string rows) =>
        Reshape(graph, graph.Node("MatMul", [Reshape(graph, weights, -1, 1, Length), rows]), -1, Width);

    /// <summary>A node that gives the values another shape; -1 is the size that is free.</summary>
    protected static string Reshape(OnnxGraph graph, string value, params long[] shape) => graph.Node("Reshape", [value, graph.Integers(shape)]);
}
