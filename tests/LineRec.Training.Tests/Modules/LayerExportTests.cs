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
    public void A_row_of_zeros_normalises_to_zeros()
    {
        using var layer = new Normalize(3);
        Assert.Equal([0f, 0f, 0f], Export(layer, new float[3]));
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
            Gen.Const((Func<Random, Layer>)(_ => new Normalize(input))),
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
            using var scope = torch.NewDisposeScope();
            OnnxRunner.AssertClose(layer.Forward(torch.tensor(values, batch, layer.InputWidth)).ToFloats(), Export(layer, values));
        }
    }

    private static float[] Export(Layer layer, float[] values)
    {
        var graph = new OnnxGraph("test");
        graph.Output(layer.Emit(graph, graph.Input("x", layer.InputWidth)), "y", layer.OutputWidth);
        return OnnxRunner.Run(graph.ToBytes(), "y", ("x", values, layer.InputWidth));
    }
}
