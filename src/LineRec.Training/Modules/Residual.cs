using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>x + f(x).</summary>
internal sealed class Residual : Layer
{
    private readonly Layer _inner;

    public Residual(Layer inner)
        : base(inner.InputWidth, inner.OutputWidth)
    {
        if (inner.InputWidth != inner.OutputWidth)
            throw new ArgumentException($"A residual branch must keep the width; this one turns {inner.InputWidth} values into {inner.OutputWidth}.", nameof(inner));
        _inner = inner;
    }

    public override IEnumerable<Parameter> Parameters => _inner.Parameters;

    public override Tensor Forward(Tensor input, Generator? noise = null) => input.Plus(_inner.Forward(input, noise));

    public override string Emit(OnnxGraph graph, string input) => graph.Node("Add", [input, _inner.Emit(graph, input)]);
}
