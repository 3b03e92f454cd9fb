using LineRec.Conformance;
using static LineRec.Onnx.Tests.TinyGraph;

namespace LineRec.Onnx.Tests.Models;

public sealed class OnnxModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-onnx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(500)]
    [InlineData(1025)]
    public void A_batch_of_any_size_gives_each_row_its_own_value(int rows)
    {
        using var model = Ranker();
        using var batch = model.Rent(rows);
        Fill(batch, rows);
        float[] scores = batch.Run().ToArray();
        Assert.Equal(rows, scores.Length);
        for (int i = 0; i < rows; i++) Assert.Equal(Expected(i), scores[i], 4);
    }

    [Fact]
    public void A_row_gives_the_same_bits_in_any_company_and_after_any_batch()
    {
        using var model = Ranker();
        float[] large = Run(model, 900);
        foreach (int rows in new[] { 1, 3, 15, 33, 200, 900 }) Assert.Equal(large.Take(rows), Run(model, rows));
    }

    [Fact]
    public void A_call_allocates_nothing_after_warm_up()
    {
        using var model = Ranker();
        int[] sizes = [1, 40, 500, 333];
        float sum = 0f;
        void Calls()
        {
            foreach (int rows in sizes)
            {
                using var batch = model.Rent(rows);
                Fill(batch, rows);
                sum += batch.Run()[rows - 1];
            }
        }

        Assert.Equal(0, Measure.AllocatedBytes(Calls));
        Assert.True(float.IsFinite(sum));
    }

    [Fact]
    public void Concurrent_calls_have_buffers_of_their_own()
    {
        using var model = Ranker();
        float[] single = Run(model, 300);
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(single.Take(1 + i), Run(model, 1 + i)));
    }

    [Fact]
    public void An_output_of_one_dimension_and_one_of_several_values_are_read()
    {
        string flat = Write(_folder, "flat.onnx", [new("x", 2, [1f, 10f])], flat: true);
        using var one = OnnxModel.Load("flat", flat, Describe(flat, new ModelInput("x", ModelInputKind.Dense, 2, Block: "cross")));
        string wide = Write(_folder, "wide.onnx", [new("x", 2, [1f, 2f, 3f, 10f, 20f, 30f])], outputs: 3);
        using var three = OnnxModel.Load("wide", wide, Describe(wide, new ModelInput("x", ModelInputKind.Dense, 2, Block: "cross")));
        Assert.Equal((1, 3), (one.OutputWidth, three.OutputWidth));
        using var a = one.Rent(2);
        using var b = three.Rent(2);
        float[] input = [1f, 2f, 3f, 4f];
        input.CopyTo(a.Input(0));
        input.CopyTo(b.Input(0));
        Assert.Equal([21f, 43f], a.Run().ToArray());
        Assert.Equal([21f, 42f, 63f, 43f, 86f, 129f], b.Run().ToArray());
    }

    [Fact]
    public void What_does_not_fit_the_description_is_refused_by_name()
    {
        string path = Write(_folder, "m.onnx", [new("x", 3, [1f, 1f, 1f])]);
        ModelInput x = new("x", ModelInputKind.Dense, 3, Block: "cross");
        void Refused(string message, ModelDescription description, string? file = null) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => OnnxModel.Load("home", file ?? path, description)).Message, StringComparison.Ordinal);

        Refused("Model 'home' has no input 'y'; it has 'x'", Describe(path, new ModelInput("y", ModelInputKind.Dense, 3)));
        Refused("has the shape [-1, 3]; [rows, 4] is described", Describe(path, x with { Width = 4 }));
        Refused("has no output 'z'; it has 'score'", Describe(path, x) with { Output = "z" });
        Refused("has the input 'x', which its description doesn't name", Describe(path));
        Refused("takes ids", Describe(path, x with { Kind = ModelInputKind.Ids }));
        Refused("has no file at", Describe(path, x), Path.Combine(_folder, "none.onnx"));
        string damaged = Path.Combine(_folder, "damaged.onnx");
        File.WriteAllBytes(damaged, [1, 2, 3]);
        Refused("can't be loaded", Describe(damaged, x), damaged);
        string seven = Write(_folder, "seven.onnx", [new("x", 3, [1f, 1f, 1f], "7")]);
        Refused("rows fixed to 7", Describe(seven, x), seven);
    }

    [Fact]
    public void Spans_of_a_batch_that_was_given_back_are_refused()
    {
        using var model = Ranker();
        var batch = model.Rent(2);
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Input(0).Length);
        Assert.Throws<ObjectDisposedException>(() => batch.Run().Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Rent(0));
    }

    [Fact]
    public void A_disposed_model_gives_no_batch()
    {
        var model = Ranker();
        model.Rent(3).Dispose();
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Rent(1));
    }

    private static ModelDescription Describe(string path, params ModelInput[] inputs) => new(Path.GetFileName(path), inputs, "score", "f");

    private OnnxModel Ranker()
    {
        string path = Write(_folder, "ranker.onnx", [new("user", 2, [0.5f, -0.25f], "one"), new("cross", 3, [0.1f, 0.2f, -0.3f])], sigmoid: true);
        return OnnxModel.Load("ranker", path, Describe(path, new ModelInput("user", ModelInputKind.Dense, 2, Block: "user"), new ModelInput("cross", ModelInputKind.Dense, 3, Block: "cross")));
    }

    private static void Fill(OnnxBatch batch, int rows)
    {
        (batch.Input(0)[0], batch.Input(0)[1]) = (1f, 2f);
        var cross = batch.Input(1);
        for (int i = 0; i < rows * 3; i++) cross[i] = Value(i);
    }

    private static float[] Run(OnnxModel model, int rows)
    {
        using var batch = model.Rent(rows);
        Fill(batch, rows);
        return batch.Run().ToArray();
    }

    private static float Value(int i) => ((i * 37) % 101 / 50f) - 1f;

    private static float Expected(int row)
    {
        float logit = 0f + (0.1f * Value(row * 3)) + (0.2f * Value((row * 3) + 1)) - (0.3f * Value((row * 3) + 2));
        return 1f / (1f + MathF.Exp(-logit));
    }
}
