using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// The last state h of a gated recurrent unit that goes from the oldest row to the newest, from h = 0:
/// z = σ(W₁x + R₁h), r = σ(W₂x + R₂h), c = tanh(W₃x + r ⊙ R₃h), h ← (1 - z) ⊙ c + z ⊙ h, each product with a bias, x a row normalised.
/// </summary>
/// <remarks>Cho et al. 2014, in the form that cuDNN and ONNX's linear_before_reset have. Weights only say which rows there are.</remarks>
internal sealed class GatedRecurrence : SequenceLayer
{
    private const int Gates = 3;
    private const long Integer32 = 6; // TensorProto.DataType.INT32
    private readonly LayerNorm _norm;
    private readonly Dense _input, _state; // to z, r and c side by side

    public GatedRecurrence(int width, int length, Random random)
        : base(width, length)
    {
        _norm = new LayerNorm(width);
        _input = new Dense(width, Gates * width, random, fanIn: 2 * Gates * width); // a variance of 1 / (3 × width)
        _state = new Dense(width, Gates * width, random, fanIn: 2 * Gates * width);
    }

    public override IEnumerable<Parameter> Parameters => [.. _norm.Parameters, .. _input.Parameters, .. _state.Parameters];

    public override Tensor Forward(Tensor rows, Tensor weights)
    {
        // Histories by their lengths, the longest first: those that have an item at a place are the first ones, and only they are computed.
        long count = rows.shape[0];
        float[] lengths = weights.sign().sum(1).ToFloats();
        long[] order = [.. Enumerable.Range(0, (int)count).OrderByDescending(i => lengths[i]).Select(i => (long)i)];
        var inputs = OfPresent(rows, weights, present => _input.Forward(_norm.Forward(present))).index_select(0, tensor(order)).unbind(1);
        var state = zeros(0, Width);
        for (int place = inputs.Length - 1; place >= 0; place--)
        {
            int reached = lengths.Count(l => l > place);
            state = Extend(state, reached);
            Tensor[] x = inputs[place].narrow(0, 0, reached).chunk(Gates, 1), h = _state.Forward(state).chunk(Gates, 1);
            Tensor update = x[0].Plus(h[0]).sigmoid(), reset = x[1].Plus(h[1]).sigmoid();
            var candidate = x[2].Plus(reset * h[2]).tanh();
            state = candidate.Plus(update * (state - candidate));
        }

        var places = new long[count];
        for (int i = 0; i < count; i++) places[order[i]] = i;
        return Extend(state, count).index_select(0, tensor(places));
    }

    // States of histories that begin: zeros.
    private Tensor Extend(Tensor state, long count) => state.shape[0] == count ? state : cat([state, zeros(count - state.shape[0], Width)], 0);

    public override string Emit(OnnxGraph graph, string rows, string weights)
    {
        string inputs = Reshape(graph, _norm.Emit(graph, Reshape(graph, rows, -1, Width)), -1, Length, Width);
        inputs = graph.Node("Transpose", [inputs], ("perm", new long[] { 1, 0, 2 }));
        string lengths = graph.Node("ReduceSum", [graph.Node("Sign", [weights]), graph.Integers(1)], ("keepdims", 0L));
        // Backwards, as the newest is first; the state at place 0 is the last one.
        string states = graph.Node(
            "GRU",
            [inputs, Transposed(graph, _input.Weight), Transposed(graph, _state.Weight), graph.Constant([.. _input.Bias!.ToFloats(), .. _state.Bias!.ToFloats()], 1, 2 * Gates * Width), graph.Node("Cast", [lengths], ("to", Integer32))],
            ("direction", "reverse"),
            ("hidden_size", (long)Width),
            ("linear_before_reset", 1L));
        return Reshape(graph, graph.Node("Gather", [states, graph.Integers(0)], ("axis", 0L)), -1, Width);
    }

    private string Transposed(OnnxGraph graph, Tensor weight)
    {
        using var transposed = weight.detach().t();
        return graph.Constant(transposed.ToFloats(), 1, Gates * Width, Width);
    }
}
