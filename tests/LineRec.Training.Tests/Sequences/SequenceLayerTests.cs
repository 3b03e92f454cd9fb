using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training.Tests;

/// <summary>Cases that were worked out by hand. Rows such as [1, -1] stay (but for 1e-5 of their variance) as they are when normalised.</summary>
public sealed class SequenceLayerTests
{
    private const int Decimals = 4;

    public SequenceLayerTests() => TorchRuntime.EnsureLoaded();

    [Fact]
    public void Attention_weighs_by_what_an_item_is_its_place_and_its_weight()
    {
        using var layer = new AttentionPooling(2, 3, new Random(1));
        Set(layer.Parameters, [1, 1], [0, 0], [1, 0, 0, 1], [0, 0], [1, 0], [0, MathF.Log(2), 0]); // norm, W and b, q, places
        float[] pooled = Run(layer, [1, -1, -1, 1, 1, -1], [1f, 1f, 3f]);
        double up = Math.Exp(Math.Tanh(1)), down = Math.Exp(Math.Tanh(-1)), sum = up + (2 * down) + (3 * up);
        Assert.Equal((up - (2 * down) + (3 * up)) / sum, pooled[0], Decimals);
        Assert.Equal(-pooled[0], pooled[1], Decimals);
    }

    [Fact]
    public void The_recurrence_goes_from_the_oldest_to_the_newest()
    {
        using var layer = new GatedRecurrence(2, 3, new Random(1));
        // z and r from nothing: 1/2 each. The candidate is tanh(x + r ⊙ h).
        float[] onlyCandidate = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
        Set(layer.Parameters, [1, 1], [0, 0], onlyCandidate, new float[6], onlyCandidate, new float[6]);
        double first = Math.Tanh(1) / 2, second = (Math.Tanh(-1 + (first / 2)) / 2) + (first / 2);
        float[] state = Run(layer, [-1, 1, 1, -1, 7, 9], [1f, 0.2f, 0f]);
        Assert.Equal(second, state[0], Decimals);
        Assert.Equal(-second, state[1], Decimals);
        double turned = (Math.Tanh(1 - (first / 2)) / 2) - (first / 2);
        Assert.Equal(turned, Run(layer, [1, -1, -1, 1, 7, 9], [1f, 0.2f, 0f])[0], Decimals);
    }

    [Fact]
    public void The_recurrences_gates_keep_the_state_or_leave_it_out()
    {
        using var layer = new GatedRecurrence(2, 2, new Random(1));
        float[] onlyCandidate = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
        Set(layer.Parameters, [1, 1], [0, 0], onlyCandidate, [-50, -50, -50, -50, 0, 0], onlyCandidate, new float[6]); // z = r = 0: only the newest counts
        Assert.Equal(Math.Tanh(-1), Run(layer, [-1, 1, 1, -1], [1f, 1f])[0], Decimals);
        Set(layer.Parameters, [1, 1], [0, 0], onlyCandidate, [-50, -50, 50, 50, 0, 0], onlyCandidate, new float[6]); // r = 1: tanh(x + h)
        Assert.Equal(Math.Tanh(-1 + Math.Tanh(1)), Run(layer, [-1, 1, 1, -1], [1f, 1f])[0], Decimals);
    }

    [Fact]
    public void Self_attention_asks_with_the_newest_item()
    {
        using var layer = new SelfAttention(2, 2, new Random(1));
        float[] identity = [1, 0, 0, 1], nothing = [0, 0, 0, 0], two = [0, 0];
        // Places that tell the rows apart; the layers behind the attention add nothing but the last normalisation's factors and shift.
        Set(layer.Parameters, [1, 1], two, [0, 0, 0, 3], identity, identity, identity, [1, 1], two, nothing, two, nothing, two, [1, 1], [5, 6]);
        // x₀ = [1, -1], x₁ = [-1, 1] + [0, 3] = [-1, 4]; x₀·x₀ = 2, x₀·x₁ = -5; s = x₀ + a·x₀ + (1 - a)·x₁.
        double other = Math.Exp(-7 / Math.Sqrt(2)), a = 1 / (1 + other);
        double left = 1 + a - (1 - a), right = -1 - a + (4 * (1 - a));
        Assert.True(left > right);
        Assert.Equal([6f, 5f], Run(layer, [1, -1, -1, 1], [1f, 1f]).Select(v => MathF.Round(v, 3))); // two values normalise to 1 and -1
        // Where the other weighs e^7√½·3 times as much, its share is 3/4, and right gets the larger: 1 - 1/2 < -1 - 1/4 + 3.
        Assert.Equal([4f, 7f], Run(layer, [1, -1, -1, 1], [1f, (float)(3 / other)]).Select(v => MathF.Round(v, 3)));
    }

    /// <summary>Sets a layer's parameters, in their order.</summary>
    private static void Set(IEnumerable<Parameter> parameters, params float[][] values)
    {
        Assert.Equal(parameters.Select(p => (int)p.numel()), values.Select(v => v.Length));
        foreach (var (parameter, value) in parameters.Zip(values)) value.CopyTo(parameter.Floats());
    }

    private static float[] Run(SequenceLayer layer, float[] rows, float[] weights)
    {
        using var scope = NewDisposeScope();
        return layer.Forward(tensor(rows, 1, weights.Length, layer.Width), tensor(weights, 1, weights.Length)).ToFloats();
    }
}
