using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// ((x - mean) / deviation)·W + b: a first layer over raw features. The exported graph reads raw features too; its weights hold the
/// standardisation already. A column that didn't vary counts nothing.
/// </summary>
/// <remarks>In Torch a NaN counts as the mean. The graph doesn't look for NaN: what serves must feed finite values.</remarks>
internal sealed class StandardizedDense : Layer
{
    private const float FarFromZero = 100; // means this many deviations from zero are subtracted first, or rounding would eat the digits
    private readonly Dense _dense;
    private readonly FeatureScale _scale;
    private readonly Tensor _mean, _inverse;
    private readonly Tensor? _lowest, _highest;

    /// <summary>Creates the layer.</summary>
    /// <param name="scale">Means and deviations of what comes in.</param>
    /// <param name="outputWidth">Values a row that go out.</param>
    /// <param name="random">As for <see cref="Dense"/>.</param>
    /// <param name="bias">As for <see cref="Dense"/>.</param>
    /// <param name="fanIn">As for <see cref="Dense"/>.</param>
    /// <param name="clipped">
    /// Whether values beyond the scale's lowest and highest count as these: what hardly varied in training would otherwise come in hundreds of deviations from its mean, larger than
    /// anything that the layer has seen.
    /// </param>
    public StandardizedDense(FeatureScale scale, int outputWidth, Random? random, bool bias = true, int? fanIn = null, bool clipped = false)
        : base(scale.Means.Length, outputWidth)
    {
        _dense = new Dense(InputWidth, outputWidth, random, bias, fanIn);
        _scale = scale;
        _mean = torch.tensor(scale.Means).DetachFromDisposeScope();
        _inverse = torch.tensor(scale.Deviations.Select(Inverse).ToArray()).DetachFromDisposeScope();
        if (clipped) (_lowest, _highest) = (torch.tensor(scale.Lowest).DetachFromDisposeScope(), torch.tensor(scale.Highest).DetachFromDisposeScope());
    }

    public override IEnumerable<Parameter> Parameters => _dense.Parameters;

    public override Tensor Forward(Tensor input, Generator? noise = null)
    {
        if (_lowest is not null) input = input.maximum(_lowest).minimum(_highest!);
        return _dense.Forward(((input - _mean) * _inverse).nan_to_num(0), noise);
    }

    public override string Emit(OnnxGraph graph, string input)
    {
        float[] weight = _dense.Weight.ToFloats(), bias = _dense.Bias?.ToFloats() ?? new float[OutputWidth], means = _scale.Means;
        if (_lowest is not null)
        {
            input = graph.Node("Max", [input, graph.Constant(_scale.Lowest, InputWidth)]);
            input = graph.Node("Min", [input, graph.Constant(_scale.Highest, InputWidth)]);
        }

        if (means.Where((m, i) => Math.Abs(m) > FarFromZero * _scale.Deviations[i]).Any())
        {
            input = graph.Node("Sub", [input, graph.Constant(means, InputWidth)]);
            means = new float[InputWidth];
        }

        var shift = new double[OutputWidth];
        for (int i = 0; i < InputWidth; i++)
        {
            for (int j = 0; j < OutputWidth; j++)
            {
                int at = (i * OutputWidth) + j;
                weight[at] = _scale.Deviations[i] == FeatureScale.Constant ? 0 : weight[at] / _scale.Deviations[i];
                shift[j] += (double)weight[at] * means[i];
            }
        }

        for (int j = 0; j < OutputWidth; j++) bias[j] = (float)(bias[j] - shift[j]);
        return graph.Node("Gemm", [input, graph.Constant(weight, InputWidth, OutputWidth), graph.Constant(bias, OutputWidth)]);
    }

    private static float Inverse(float deviation) => deviation == FeatureScale.Constant ? 0 : 1 / deviation;
}
