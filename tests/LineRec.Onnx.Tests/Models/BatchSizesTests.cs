namespace LineRec.Onnx.Tests.Models;

public class BatchSizesTests
{
    [Fact]
    public void A_padded_size_holds_the_batch_and_wastes_a_quarter_at_most()
    {
        for (int rows = 1; rows <= 5000; rows++)
        {
            int padded = BatchSizes.Pad(rows, 16);
            Assert.True(padded >= rows && (padded <= 16 || padded <= rows * 1.25), $"{rows} became {padded}");
            Assert.Equal(padded, BatchSizes.Pad(padded, 16));
        }
    }

    [Fact]
    public void There_are_few_sizes()
    {
        Assert.InRange(Enumerable.Range(1, 1024).Select(rows => BatchSizes.Pad(rows, 16)).Distinct().Count(), 10, 30);
        Assert.Equal((1, 512, 500), (BatchSizes.Pad(1, 1), BatchSizes.Pad(500, 16), BatchSizes.Pad(1, 500)));
    }
}
