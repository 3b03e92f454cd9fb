using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>A nonlinear function, element by element; softmax works along a row.</summary>
internal sealed class Activation(ActivationKind kind, int width) : Layer(width, width)
{
    public override Tensor Forward(Tensor input, Generator? noise = null) => kind switch
    {
        ActivationKind.Relu => input.relu(),
        ActivationKind.Sigmoid => input.sigmoid(),
        ActivationKind.Tanh => input.tanh(),
        ActivationKind.Gelu => nn.functional.gelu(input),
        ActivationKind.Silu => nn.functional.silu(input),
        ActivationKind.Softmax => input.softmax(-1),
        _ => throw new InvalidOperationException($"There is no activation {kind}."),
    };

    public override string Emit(OnnxGraph graph, string input) => kind switch
    {
        ActivationKind.Relu => graph.Node("Relu", [input]),
        ActivationKind.Sigmoid => graph.Node("Sigmoid", [input]),
        ActivationKind.Tanh => graph.Node("Tanh", [input]),
        ActivationKind.Gelu => EmitGelu(graph, input),
        ActivationKind.Silu => graph.Node("Mul", [input, graph.Node("Sigmoid", [input])]),
        ActivationKind.Softmax => graph.Node("Softmax", [input], ("axis", -1L)),
        _ => throw new InvalidOperationException($"There is no activation {kind}."),
    };

    // Operator set 17 has no Gelu: x · ½ · (1 + erf(x / √2)).
    private static string EmitGelu(OnnxGraph graph, string input)
    {
        string erf = graph.Node("Erf", [graph.Node("Mul", [input, graph.Scalar(float.Sqrt(0.5f))])]);
        string half = graph.Node("Mul", [input, graph.Scalar(0.5f)]);
        return graph.Node("Mul", [half, graph.Node("Add", [erf, graph.Scalar(1f)])]);
    }
}
