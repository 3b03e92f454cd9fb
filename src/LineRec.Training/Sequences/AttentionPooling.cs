using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// Σ aᵢ·xᵢ with aᵢ ∝ wᵢ·exp(qᵀ·tanh(W·norm(xᵢ) + b) + placeᵢ), Σ aᵢ = 1: the weighted mean, weighed anew by what an item is and by its
/// place. q and the places start at zero, so it starts as the weighted mean.
/// </summary>
/// <remarks>Additive attention (Bahdanau et al. 2015) with a learnt query instead of a target (Yang et al. 2016, section 2.2).</remarks>
internal sealed class AttentionPooling : SequenceLayer
{
    private readonly Layer _score;
    private readonly Parameter _places;

    public AttentionPooling(int width, int length, Random random)
        : base(width, length)
    {
        _score = new Sequential(new LayerNorm(width), new Dense(width, width, random), new Activation(ActivationKind.Tanh, width), new Dense(width, 1, random: null, bias: false));
        _places = Layer.ParameterOf(new float[length], length);
    }

    public override IEnumerable<Parameter> Parameters => [.. _score.Parameters, _places];

    public override Tensor Forward(Tensor rows, Tensor weights)
    {
        var scores = OfPresent(rows, weights, present => _score.Forward(present)).squeeze(-1).Plus(_places.narrow(0, 0, rows.shape[1]));
        return WeightedSum(scores.Plus(LogWeights(weights)).softmax(-1), rows);
    }

    public override string Emit(OnnxGraph graph, string rows, string weights)
    {
        string scores = Reshape(graph, _score.Emit(graph, Reshape(graph, rows, -1, Width)), -1, Length);
        scores = graph.Node("Add", [graph.Node("Add", [scores, graph.Constant(_places.ToFloats(), Length)]), EmitLogWeights(graph, weights)]);
        return EmitWeightedSum(graph, graph.Node("Softmax", [scores], ("axis", -1L)), rows);
    }
}
