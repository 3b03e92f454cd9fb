namespace LineRec.Training.Tests;

public sealed class InteractionMatrixTests
{
    [Fact]
    public void Sorts_pairs_both_ways_and_counts_repeats_once()
    {
        var matrix = InteractionMatrix.FromPairs([2, 0, 2, 0, 2], [3, 1, 0, 1, 3], 4, 5);
        Assert.Equal((4, 5, 3), (matrix.UserCount, matrix.ItemCount, matrix.Count));
        Assert.Equal([1], matrix.ItemsOf(0).ToArray());
        Assert.Empty(matrix.ItemsOf(1).ToArray());
        Assert.Equal([0, 3], matrix.ItemsOf(2).ToArray());
        Assert.Equal([2], matrix.UsersOf(3).ToArray());
        Assert.Empty(matrix.UsersOf(4).ToArray());
    }

    [Fact]
    public void Says_which_pair_is_wrong()
    {
        Assert.Contains("Pair 1 is of item 5", Assert.Throws<ArgumentException>(() => InteractionMatrix.FromPairs([0, 0], [1, 5], 1, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("Pair 0 is of user -1", Assert.Throws<ArgumentException>(() => InteractionMatrix.FromPairs([-1], [1], 1, 5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => InteractionMatrix.FromPairs([0, 0], [1], 1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => InteractionMatrix.FromPairs([], [], -1, 5));
    }

    [Fact]
    public void Holds_out_a_share_of_each_users_items_and_leaves_one_at_least()
    {
        var (all, _) = BlockSet.Make();
        var (train, validation) = all.HoldOut(0.25, 7);
        Assert.Equal(all.Count, train.Count + validation.Count);
        for (int user = 0; user < all.UserCount; user++)
        {
            Assert.Equal(all.ItemsOf(user).ToArray(), train.ItemsOf(user).ToArray().Concat(validation.ItemsOf(user).ToArray()).Order().ToArray());
            Assert.Equal((int)Math.Round(0.25 * all.ItemsOf(user).Length, MidpointRounding.AwayFromZero), validation.ItemsOf(user).Length);
        }

        var (kept, held) = InteractionMatrix.FromPairs([0, 1, 1], [0, 0, 1], 2, 2).HoldOut(1, 7);
        Assert.Equal((2, 1), (kept.Count, held.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => all.HoldOut(1.1, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => all.HoldOut(double.NaN, 7));
    }

    [Fact]
    public void Holds_out_the_same_for_the_same_seed()
    {
        var (all, _) = BlockSet.Make();
        static int[] Held(InteractionMatrix matrix, int seed) => [.. Enumerable.Range(0, matrix.UserCount).SelectMany(u => matrix.HoldOut(0.2, seed).Validation.ItemsOf(u).ToArray())];
        Assert.Equal(Held(all, 1), Held(all, 1));
        Assert.NotEqual(Held(all, 1), Held(all, 2));
    }
}
