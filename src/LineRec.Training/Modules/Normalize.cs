using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Each row over its Euclidean length; a row of zeros stays one.</summary>
internal sealed class Normalize(int width) : Layer(width, width)
{
    private const float Shortest = 1e-12f;

    public override Tensor Forward(Tensor input, Generator? noise = null) => input / input.norm(-1, keepdim: true, p: 2).AtLeast(Shortest);

    public override string Emit(OnnxGraph graph, string input)
    {
        string length = graph.Node("ReduceL2", [input], ("axes", new long[] { -1 }), ("keepdims", 1L));
        return graph.Node("Div", [input, graph.Node("Max", [length, graph.Scalar(Shortest)])]);
    }
}
