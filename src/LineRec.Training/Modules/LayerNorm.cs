using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Each row shifted and scaled to mean 0 and variance 1, then by trained factors (Ba, Kiros and Hinton 2016).</summary>
internal sealed class LayerNorm : Layer
{
    private const float Epsilon = 1e-5f;
    private readonly Parameter _scale, _shift;

    public LayerNorm(int width)
        : base(width, width)
    {
        float[] ones = new float[width];
        Array.Fill(ones, 1f);
        (_scale, _shift) = (ParameterOf(ones, width), ParameterOf(new float[width], width));
    }

    public override IEnumerable<Parameter> Parameters => [_scale, _shift];

    public override Tensor Forward(Tensor input, Generator? noise = null) => nn.functional.layer_norm(input, [OutputWidth], _scale, _shift, Epsilon);

    public override string Emit(OnnxGraph graph, string input) => graph.Node(
        "LayerNormalization",
        [input, graph.Constant(_scale.ToFloats(), OutputWidth), graph.Constant(_shift.ToFloats(), OutputWidth)],
        ("axis", -1L),
        ("epsilon", Epsilon));
}
