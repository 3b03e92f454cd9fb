namespace LineRec.Data;

public class FetchTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(600)]
    public void Lists_of_any_length_and_width_are_fetched_whole(int longest)
    {
        var random = new Random(longest);
        for (int rows = 0; rows < 70; rows++)
        {
            int[] lengths = [.. Enumerable.Range(0, rows).Select(_ => random.Next(longest + 1))];
            int[] order = [.. Enumerable.Range(0, rows)];
            random.Shuffle(order);
            Check(i => (byte)i, lengths, order);
            Check(i => (short)i, lengths, order);
            Check(i => i, lengths, order);
            Check(i => (double)i, lengths, order);
        }
    }

    [Fact]
    public void Rows_are_fetched_from_where_they_lie_and_nothing_beyond_them_is_written()
    {
        int[] to = [0, 0, 0, -1];
        Fetch.Rows<int>([10, 11, 12, 13], [3, 0, 0], to);
        Assert.Equal([13, 10, 10, -1], to);
    }

    private static void Check<T>(Func<int, T> value, int[] lengths, int[] order)
        where T : unmanaged
    {
        T[] from = [.. Enumerable.Range(0, lengths.Sum()).Select(value)];
        int[] stored = [.. lengths.Select((_, i) => lengths[..i].Sum())];
        int[] offsets = [0, .. order.Select((_, i) => order[..(i + 1)].Sum(o => lengths[o]))];
        T mark = value(77);
        T[] to = [.. new T[from.Length], mark];
        Fetch.Lists(from, order.Select(o => stored[o]).ToArray(), offsets, to);

        T[] expected = [.. order.SelectMany(o => from.AsSpan(stored[o], lengths[o]).ToArray()), mark];
        Assert.Equal(expected, to);
    }
}
