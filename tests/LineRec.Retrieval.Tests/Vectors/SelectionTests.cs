using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors;

public class SelectionTests
{
    [Fact]
    public void The_smallest_come_first_and_the_largest_of_them_is_last() =>
        (from keys in Gen.ULong.HashSet[1, 400]
         from count in Gen.Int[1, keys.Count]
         select (keys.ToArray(), count)).Sample(c =>
        {
            var expected = c.Item1.Order().Take(c.count).ToArray();
            Selection.Smallest(c.Item1, c.count);
            Assert.Equal(expected, c.Item1.Take(c.count).Order());
            Assert.Equal(expected[^1], c.Item1[c.count - 1]);
        });

    [Fact]
    public void An_order_that_makes_for_bad_pivots_is_sorted_instead()
    {
        ulong[] organPipe = [.. Enumerable.Range(0, 5000).Select(i => (ulong)(i < 2500 ? 2 * i : (2 * (4999 - i)) + 1))];
        Selection.Smallest(organPipe, 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (ulong)i), organPipe.Take(100).Order());
    }
}
