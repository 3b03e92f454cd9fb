using CsCheck;
using LineRec.Training;
using TorchSharp;

namespace LineRec.Training.Tests;

public sealed class LayerExportTests
{
    private static readonly int[] Batches = [1, 7, 500];

    public LayerExportTests() => TorchRuntime.EnsureLoaded();

    [Fact]
    public void Any_composition_of_layers_gives_the_same_in_Torch_and_ONNX_Runtime() =>
        Compositions(depth: 3).Sample(AssertSame, iter: 200, threads: 1);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<ActivationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_activation_exports(string kind) => AssertSame(_ => new Activation(Enum.Parse<ActivationKind>(kind), 5));

    [Fact]
    public void Normalisation_and_layer_norm_export()
    {
        AssertSame(_ => new Normalize(6));
        AssertSame(_ => new LayerNorm(6));
    }

    [Fact]
    public void A_row_of_zeros_normalises_to_zeros()
    {
        using var layer = new Normalize(3);
        Assert.Equal([0f, 0f, 0f], Export(layer, new float[3]));
    }

    [Fact]
    public void Standardised_values_stay_within_what_was_seen_and_columns_that_did_not_vary_count_nothing()
    {
        // Columns: ordinary; the same but for one row in a hundred; far from zero; always 3.
        float[] rows = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { i % 7, i == 0 ? 1 : 0, 10_000 + (i % 3), 3f })];
        var scale = FeatureScale.Fit(rows, 4, "rows");
        Assert.Equal(FeatureScale.Constant, scale.Deviations[3]);
        Layer Build(Random random) => new StandardizedDense(scale, 5, random, clipped: true);
        AssertSame(Build);
        AssertSame(random => new StandardizedDense(scale, 5, random));

        using var layer = Build(new Random(1));
        float[] usual = [3, 0, 10_001, 3], otherConstant = [3, 0, 10_001, -50], half = [3, 0.5f, 10_001, 3], highest = [6, 1, 10_002, 3], beyond = [7_000, 1e9f, 20_000, 3];
        float[] outputs = Forward(layer, [.. usual, .. otherConstant, .. half, .. highest, .. beyond]);
        float[] Row(int row) => outputs[(row * 5)..((row + 1) * 5)];
        Assert.Equal(Row(0), Row(1));
        Assert.NotEqual(Row(0), Row(2));
        Assert.NotEqual(Row(2), Row(3));
        Assert.Equal(Row(3), Row(4));
        Assert.All(outputs.Zip(Export(layer, [.. usual, .. otherConstant, .. half, .. highest, .. beyond])), v => Assert.Equal(v.First, v.Second, 1e-3f));
    }

    [Fact]
    public void Softplus_does_not_overflow_and_has_the_slope_of_the_logistic_function()
    {
        float[] values = [-200, -30, -1, 0, 1, 19.9f, 20.1f, 50, 200];
        using var scope = torch.NewDisposeScope();
        var input = torch.tensor(values, requires_grad: true);
        var output = input.Softplus();
        output.sum().backward();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i] > 40 ? values[i] : Math.Log(1 + Math.Exp(values[i])), output.ToFloats()[i], 2e-5);
            Assert.Equal(1 / (1 + Math.Exp(-values[i])), input.grad!.ToFloats()[i], 1e-6);
        }
    }

    [Fact]
    public void Dropout_works_in_training_only()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new Dropout(0.5, 100);
        using var noise = new torch.Generator(1);
        var input = torch.ones(3, 100);
        Assert.Equal(input.ToFloats(), layer.Forward(input).ToFloats());
        float[] dropped = layer.Forward(input, noise).ToFloats();
        Assert.Equal([0f, 2f], dropped.Distinct().Order());
        Assert.InRange(dropped.Count(v => v == 0f), 100, 200);
    }

    [Fact]
    public void Widths_that_do_not_fit_are_refused()
    {
        var random = new Random(1);
        Assert.Contains("takes 4 values", Assert.Throws<ArgumentException>(() => new Sequential(new Dense(2, 3, random), new Dense(4, 1, random))).Message, StringComparison.Ordinal);
        Assert.Contains("keep the width", Assert.Throws<ArgumentException>(() => new Residual(new Dense(2, 3, random))).Message, StringComparison.Ordinal);
        Assert.Contains("one width", Assert.Throws<ArgumentException>(() => Parallel.Product(new Dense(2, 3, random), new Dense(2, 4, random))).Message, StringComparison.Ordinal);
        Assert.Contains("take 2, 3", Assert.Throws<ArgumentException>(() => Parallel.Concat(new Dense(2, 3, random), new Dense(3, 4, random))).Message, StringComparison.Ordinal);
    }

    /// <summary>Random compositions: how to build one, given where its weights are drawn from.</summary>
    private static Gen<Func<Random, Layer>> Compositions(int depth) =>
        from input in Gen.Int[1, 9]
        from build in Compositions(depth, input)
        select build;

    private static Gen<Func<Random, Layer>> Compositions(int depth, int input)
    {
        var leaf = Gen.OneOf(
            Gen.Select(Gen.Int[1, 9], Gen.Bool, (output, bias) => (Func<Random, Layer>)(r => new Dense(input, output, r, bias))),
            Gen.Enum<ActivationKind>().Select(kind => (Func<Random, Layer>)(_ => new Activation(kind, input))),
            // Over a softmax, as the direction of a row that is nearly zero is rounding only.
            Gen.Const((Func<Random, Layer>)(_ => new Sequential(new Activation(ActivationKind.Softmax, input), new Normalize(input)))),
            Gen.Const((Func<Random, Layer>)(_ => new Dropout(0.5, input))));
        // Layer norm over one value is 0/√ε whatever comes in: rounding only.
        if (input > 2) leaf = Gen.OneOf(leaf, Gen.Const((Func<Random, Layer>)(_ => new LayerNorm(input))));
        if (depth == 0) return leaf;
        var inner = Compositions(depth - 1, input);
        return Gen.OneOf(
            leaf,
            inner.SelectMany(first =>
            {
                using var layer = first(new Random(0));
                return Compositions(depth - 1, layer.OutputWidth).Select(second => (Func<Random, Layer>)(r => new Sequential(first(r), second(r))));
            }),
            inner.Select(f => (Func<Random, Layer>)(r =>
            {
                var layer = f(r);
                return new Residual(layer.OutputWidth == input ? layer : new Sequential(layer, new Dense(layer.OutputWidth, input, r)));
            })),
            Gen.Select(inner, inner, (a, b) => (Func<Random, Layer>)(r => Parallel.Concat(a(r), b(r)))),
            Gen.Select(inner, inner, (a, b) => (Func<Random, Layer>)(r =>
            {
                var (left, right) = (a(r), b(r));
                return Parallel.Product(left, new Sequential(right, new Dense(right.OutputWidth, left.OutputWidth, r)));
            })));
    }

    private static void AssertSame(Func<Random, Layer> build)
    {
        var random = new Random(7);
        using var layer = build(random);
        foreach (int batch in Batches)
        {
            float[] values = Gaussian.Draw(random, batch * layer.InputWidth, 1);
            float[] expected = Forward(layer, values), onnx = Export(layer, values), uncertainty = Uncertainty(layer, values, expected, random);
            Assert.Equal(expected.Length, onnx.Length);
            double size = Math.Max(0.1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                double tolerance = (1e-5 * size) + (20 * uncertainty[i / layer.OutputWidth]);
                Assert.True(Math.Abs(expected[i] - onnx[i]) <= tolerance, $"Value {i}: Torch {expected[i]}, ONNX Runtime {onnx[i]}.");
            }
        }
    }

    // Layer norm over values that are nearly alike makes the last digit of what came before weigh much. How much is seen from what a
    // millionth more or less of each input does to a row.
    private static float[] Uncertainty(Layer layer, float[] values, float[] output, Random random)
    {
        var change = new float[output.Length / layer.OutputWidth];
        for (int draw = 0; draw < 16; draw++)
        {
            float[] moved = Forward(layer, [.. values.Select(v => v * (1 + (1e-6f * ((2 * random.NextSingle()) - 1))))]);
            for (int i = 0; i < output.Length; i++) change[i / layer.OutputWidth] = Math.Max(change[i / layer.OutputWidth], Math.Abs(moved[i] - output[i]));
        }

        return change;
    }

    private static float[] Forward(Layer layer, float[] values)
    {
        using var scope = torch.NewDisposeScope();
        return layer.Forward(torch.tensor(values, values.Length / layer.InputWidth, layer.InputWidth)).ToFloats();
    }

    private static float[] Export(Layer layer, float[] values)
    {
        var graph = new OnnxGraph("test");
        graph.Output(layer.Emit(graph, graph.Input("x", layer.InputWidth)), "y", layer.OutputWidth);
        return OnnxRunner.Run(graph.ToBytes(), "y", ("x", values, layer.InputWidth));
    }
}
