using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// The newest row's state after one block of self-attention with one head: xᵢ = norm(rowᵢ) + placeᵢ, s = x₀ + Σ aᵢ·V·xᵢ with
/// aᵢ ∝ wᵢ·exp((Q·x₀)ᵀ·K·xᵢ / √d), then s + W₂·relu(W₁·norm(s) + b₁) + b₂, normalised.
/// </summary>
/// <remarks>
/// SASRec (Kang and McAuley 2018) with a single block: as only the newest row's state is used and nothing comes after it, the others' states
/// and the causal mask fall away.
/// </remarks>
internal sealed class SelfAttention : SequenceLayer
{
    private const double PlaceDeviation = 0.1;
    private readonly LayerNorm _norm;
    private readonly Parameter _places;
    private readonly Dense _query, _key, _value;
    private readonly Layer _head;

    public SelfAttention(int width, int length, Random random)
        : base(width, length)
    {
        _norm = new LayerNorm(width);
        _places = Layer.ParameterOf(Gaussian.Draw(random, length * width, PlaceDeviation), length, width);
        (_query, _key, _value) = (Projection(), Projection(), Projection());
        var hidden = new Sequential(new LayerNorm(width), new Dense(width, width, random), new Activation(ActivationKind.Relu, width), new Dense(width, width, random));
        _head = new Sequential(new Residual(hidden), new LayerNorm(width));

        Dense Projection() => new(width, width, random, bias: false, fanIn: 2 * width); // a variance of 1 / width
    }

    public override IEnumerable<Parameter> Parameters => [.. _norm.Parameters, _places, .. _query.Parameters, .. _key.Parameters, .. _value.Parameters, .. _head.Parameters];

    public override Tensor Forward(Tensor rows, Tensor weights)
    {
        var places = _places.narrow(0, 0, rows.shape[1]);
        var newest = _norm.Forward(rows.select(1, 0)).Plus(places.select(0, 0));
        var at = weights.nonzero().select(1, 1); // the place of each row that is there
        Tensor both = OfPresent(rows, weights, present =>
        {
            var x = _norm.Forward(present).Plus(places.index_select(0, at));
            return cat([_key.Forward(x), _value.Forward(x)], 1);
        });
        Tensor keys = both.narrow(2, 0, Width), values = both.narrow(2, Width, Width);
        var scores = keys.matmul(_query.Forward(newest).DividedBy(Math.Sqrt(Width)).unsqueeze(-1)).squeeze(-1);
        return _head.Forward(newest.Plus(WeightedSum(scores.Plus(LogWeights(weights)).softmax(-1), values)));
    }

    public override string Emit(OnnxGraph graph, string rows, string weights)
    {
        string x = Reshape(graph, _norm.Emit(graph, Reshape(graph, rows, -1, Width)), -1, Length, Width);
        x = graph.Node("Add", [x, graph.Constant(_places.ToFloats(), Length, Width)]);
        string newest = Reshape(graph, graph.Node("Gather", [x, graph.Integers(0)], ("axis", 1L)), -1, Width);
        string flat = Reshape(graph, x, -1, Width);
        string keys = Reshape(graph, _key.Emit(graph, flat), -1, Length, Width), values = Reshape(graph, _value.Emit(graph, flat), -1, Length, Width);
        string query = graph.Node("Div", [_query.Emit(graph, newest), graph.Scalar(float.Sqrt(Width))]);
        string scores = Reshape(graph, graph.Node("MatMul", [keys, Reshape(graph, query, -1, Width, 1)]), -1, Length);
        string shares = graph.Node("Softmax", [graph.Node("Add", [scores, EmitLogWeights(graph, weights)])], ("axis", -1L));
        return _head.Emit(graph, graph.Node("Add", [newest, EmitWeightedSum(graph, shares, values)]));
    }
}
