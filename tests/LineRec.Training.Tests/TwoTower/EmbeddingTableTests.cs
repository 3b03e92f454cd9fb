using TorchSharp;
using TorchSharp.Modules;

namespace LineRec.Training.Tests;

public sealed class EmbeddingTableTests
{
    [Fact]
    public void Rows_of_every_step_move_as_with_Torchs_Adam()
    {
        TorchRuntime.EnsureLoaded();
        var random = new Random(3);
        var table = new EmbeddingTable(4, 5, random, 0.1);
        using var parameter = new Parameter(torch.tensor(table.Values, 4, 5));
        using var adam = torch.optim.Adam([parameter], 0.01);
        for (int step = 0; step < 20; step++)
        {
            float[] gradient = Gaussian.Draw(random, 20, 1);
            for (int row = 3; row >= 0; row--)
            {
                table.Accumulate(row, gradient.AsSpan(row * 5, 5), 0.25f);
                table.Accumulate(row, gradient.AsSpan(row * 5, 5), 0.75f);
            }

            table.Update(0.01);
            parameter.grad = torch.tensor(gradient, 4, 5);
            adam.step();
        }

        OnnxRunner.AssertClose(parameter.ToFloats(), table.Values);
    }

    [Fact]
    public void A_step_leaves_other_rows_alone()
    {
        var table = new EmbeddingTable(3, 2, new Random(3), 0.1);
        float[] before = [.. table.Values];
        table.Accumulate(1, [1f, -1f]);
        table.Update(0.01);
        Assert.Equal(before[..2], table.Values[..2]);
        Assert.Equal(before[4..], table.Values[4..]);
        Assert.True(table.Values[2] < before[2] && table.Values[3] > before[3]);
    }
}
