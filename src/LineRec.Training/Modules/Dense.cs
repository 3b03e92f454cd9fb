using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>x·W + b.</summary>
internal sealed class Dense : Layer
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    /// <summary>Creates the layer; weights are drawn after He et al. 2015, or zero.</summary>
    /// <param name="inputWidth">Values a row that come in.</param>
    /// <param name="outputWidth">Values a row that go out.</param>
    /// <param name="random">Where the weights are drawn from; null starts them at zero, so that a residual branch starts as nothing.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="fanIn">How many inputs add up to one output, where others are added to it; <paramref name="inputWidth"/> by default.</param>
    public Dense(int inputWidth, int outputWidth, Random? random, bool bias = true, int? fanIn = null)
        : base(inputWidth, outputWidth)
    {
        float[] weights = random is null ? new float[inputWidth * outputWidth] : Gaussian.Draw(random, inputWidth * outputWidth, Math.Sqrt(2.0 / (fanIn ?? inputWidth)));
        _weight = ParameterOf(weights, inputWidth, outputWidth);
        _bias = bias ? ParameterOf(new float[outputWidth], outputWidth) : null;
    }

    public override IEnumerable<Parameter> Parameters => _bias is null ? [_weight] : [_weight, _bias];

    /// <summary>W [InputWidth, OutputWidth].</summary>
    public Tensor Weight => _weight;

    /// <summary>b [OutputWidth], if there is one.</summary>
    public Tensor? Bias => _bias;

    public override Tensor Forward(Tensor input, Generator? noise = null) => _bias is null ? input.matmul(_weight) : torch.addmm(_bias, input, _weight, 1, 1);

    public override string Emit(OnnxGraph graph, string input)
    {
        string weight = graph.Constant(_weight.ToFloats(), InputWidth, OutputWidth);
        return _bias is null
            ? graph.Node("MatMul", [input, weight])
            : graph.Node("Gemm", [input, weight, graph.Constant(_bias.ToFloats(), OutputWidth)]);
    }
}
