using LineRec.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training.Tests;

/// <summary>What holds for the user tower with every sequence model, with parameters that are all away from their start.</summary>
public sealed class SequenceTowerTests
{
    private const int Width = 8, Length = 12, Count = 40;

    public SequenceTowerTests() => TorchRuntime.EnsureLoaded();

    public static TheoryData<string> Models => [.. Enum.GetNames<SequenceModel>().Skip(1)];

    [Theory]
    [MemberData(nameof(Models))]
    public void ONNX_Runtime_gives_what_Torch_gives(string model)
    {
        using var tower = Moved(model);
        var (rows, weights) = Histories();
        float[] expected = Forward(tower, rows, weights);
        byte[] onnx = tower.ToOnnx();
        foreach (int count in new[] { 1, 7, Count })
            OnnxRunner.AssertClose(expected[..(count * Width)], Onnx(onnx, rows[..(count * Length * Width)], weights[..(count * Length)]));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_behind_the_last_item_changes_nothing_to_the_bit(string model)
    {
        using var tower = Moved(model);
        var (rows, weights) = Histories();
        float[] filled = [.. rows];
        var random = new Random(3);
        for (int i = 0; i < filled.Length; i++)
        {
            if (weights[i / Width] == 0) filled[i] = 1000 * (random.NextSingle() - 0.5f);
        }

        Assert.NotEqual(rows, filled);
        Assert.Equal(Bits(Forward(tower, rows, weights)), Bits(Forward(tower, filled, weights)));
        byte[] onnx = tower.ToOnnx();
        Assert.Equal(Bits(Onnx(onnx, rows, weights)), Bits(Onnx(onnx, filled, weights)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch_of_short_histories_has_fewer_places_and_the_same_vectors(string model)
    {
        using var tower = Moved(model);
        var (rows, weights) = Histories();
        for (int user = 0; user < Count; user++)
        {
            int own = weights.AsSpan(user * Length, Length).IndexOf(0f) is >= 0 and var end ? end : Length;
            float[] alone = Forward(tower, rows[(user * Length * Width)..(((user * Length) + own) * Width)], weights[(user * Length)..((user * Length) + own)], own);
            OnnxRunner.AssertClose(Forward(tower, rows, weights)[(user * Width)..((user + 1) * Width)], alone);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void It_starts_as_plain_pooling(string model)
    {
        using var tower = Tower(model);
        using var plain = Tower(nameof(SequenceModel.None));
        var (rows, weights) = Histories();
        var pooled = new float[Count * Width];
        for (int i = 0; i < rows.Length; i++) pooled[(i / (Length * Width) * Width) + (i % Width)] += weights[i / Width] * rows[i];
        using var scope = NewDisposeScope();
        OnnxRunner.AssertClose(plain.Forward(tensor(pooled, Count, Width), null).ToFloats(), Forward(tower, rows, weights));
    }

    [Theory]
    [InlineData(nameof(SequenceModel.Gru))]
    [InlineData(nameof(SequenceModel.SelfAttention))]
    [InlineData(nameof(SequenceModel.Attention))]
    public void The_order_of_the_items_matters(string model)
    {
        using var tower = Moved(model);
        float[] first = Gaussian.Draw(new Random(4), Width, 1), second = Gaussian.Draw(new Random(5), Width, 1);
        float[] there = Forward(tower, [.. first, .. second], [1f, 1f], 2), back = Forward(tower, [.. second, .. first], [1f, 1f], 2);
        Assert.True(there.Zip(back, (a, b) => Math.Abs(a - b)).Max() > 0.01);
    }

    // Along a random direction of the rows and of all parameters at once.
    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_are_those_of_finite_differences(string model)
    {
        const float step = 1e-3f;
        const double tolerance = 0.01; // of float differences
        using var tower = Moved(model);
        var (rows, weights) = Histories();
        var random = new Random(6);
        float[] wanted = Gaussian.Draw(random, Count * Width, 1), rowDirection = Gaussian.Draw(random, rows.Length, 1);
        var parameters = tower.Parameters.ToArray();
        float[][] directions = [.. parameters.Select(p => Gaussian.Draw(random, (int)p.numel(), 1))];

        using var scope = NewDisposeScope();
        var leaf = tensor(rows, Count, Length, Width).requires_grad_();
        (tower.Forward(leaf, tensor(weights, Count, Length)) * tensor(wanted, Count, Width)).sum().backward();
        double slope = Dot(leaf.grad!.ToFloats(), rowDirection);
        Assert.True(Math.Abs(slope) > 1);
        Assert.Equal(slope, Difference(s => [.. rows.Zip(rowDirection, (r, d) => r + (s * d))]), Math.Abs(slope) * tolerance);

        float[][] start = [.. parameters.Select(p => p.ToFloats())];
        double dense = parameters.Zip(directions, (p, d) => Dot(p.grad!.ToFloats(), d)).Sum();
        Assert.True(Math.Abs(dense) > 1);
        Assert.Equal(dense, Difference(s =>
        {
            foreach (var (parameter, values, direction) in parameters.Zip(start, directions))
            {
                values.CopyTo(parameter.Floats());
                Add(parameter.Floats(), direction, s);
            }

            return rows;
        }), Math.Abs(dense) * tolerance);

        double Difference(Func<float, float[]> move)
        {
            double up = Dot(Forward(tower, move(step), weights), wanted);
            double down = Dot(Forward(tower, move(-step), weights), wanted);
            return (up - down) / (2 * step);
        }
    }

    private static void Add(Span<float> values, float[] direction, float step)
    {
        for (int i = 0; i < values.Length; i++) values[i] += step * direction[i];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static UserTower Tower(string model) =>
        new(new TwoTowerOptions { Dimension = Width, SequenceModel = Enum.Parse<SequenceModel>(model), HistoryPooling = new HistoryPooling { Last = Length } }, new Random(2));

    /// <summary>As after some training: no parameter is at its start.</summary>
    private static UserTower Moved(string model)
    {
        var tower = Tower(model);
        var random = new Random(7);
        foreach (var parameter in tower.Parameters) Add(parameter.Floats(), Gaussian.Draw(random, (int)parameter.numel(), 0.3), 1);
        return tower;
    }

    /// <summary>Histories of 1 to Length items, the first a full one.</summary>
    private static (float[] Rows, float[] Weights) Histories()
    {
        var random = new Random(8);
        float[] rows = Gaussian.Draw(random, Count * Length * Width, 1), weights = new float[Count * Length];
        for (int user = 0; user < Count; user++)
        {
            int items = user == 0 ? Length : 1 + random.Next(Length);
            for (int i = 0; i < items; i++) weights[(user * Length) + i] = 0.5f + random.NextSingle();
            rows.AsSpan(((user * Length) + items) * Width, (Length - items) * Width).Clear();
        }

        return (rows, weights);
    }

    private static float[] Forward(UserTower tower, float[] rows, float[] weights, int length = Length)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        int count = weights.Length / length;
        return tower.Forward(tensor(rows, count, length, Width), tensor(weights, count, length)).ToFloats();
    }

    private static float[] Onnx(byte[] model, float[] rows, float[] weights) => OnnxRunner.Run(
        model, "vector", ("history", rows, [weights.Length / Length, Length, Width]), ("weights", weights, [weights.Length / Length, Length]));

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
