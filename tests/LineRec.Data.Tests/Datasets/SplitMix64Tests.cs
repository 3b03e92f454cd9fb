namespace LineRec.Data;

public class SplitMix64Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public void Permute_sends_values_where_Permutation_says(int count)
    {
        int[] order = new int[count], values = [.. Enumerable.Range(500, count)], expected = new int[count];
        SplitMix64.For(7, 1, 2).Permutation(order);
        SplitMix64.For(7, 1, 2).Permute(values);
        for (int i = 0; i < count; i++) expected[order[i]] = 500 + i;

        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Permute_leaves_the_numbers_where_Permutation_does()
    {
        var (first, second) = (SplitMix64.For(7, 1, 2), SplitMix64.For(7, 1, 2));
        first.Permutation(new int[30]);
        second.Permute(new int[30]);

        Assert.Equal(first.Below(1_000_000), second.Below(1_000_000));
    }
}
