namespace LineRec.Training.Tests;

public sealed class ResumableRandomTests
{
    [Fact]
    public void It_is_xoshiro256_star_star()
    {
        var random = new ResumableRandom(1);
        using var state = new StateFile(s => s.Values<ulong>("xoshiro256", [1, 2, 3, 4]));
        state.Restore(random.Exchange);

        // From the state (1, 2, 3, 4), by the authors' C code (https://prng.di.unimi.it/xoshiro256starstar.c); the first ones are easily done by hand: rotl(2 · 5, 7) · 9 = 11520, then s₁ = 0.
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], Enumerable.Range(0, 4).Select(_ => random.NextBits()));
    }

    [Fact]
    public void It_goes_on_from_its_state_with_the_same_numbers()
    {
        var random = new ResumableRandom(7, stream: 3);
        for (int i = 0; i < 1000; i++) random.NextBits();
        using var state = new StateFile(random.Exchange);
        var other = new ResumableRandom(0);
        state.Restore(other.Exchange);

        Assert.Equal(Draw(random), Draw(other));
    }

    [Fact]
    public void Seeds_and_streams_give_different_sequences()
    {
        var all = new HashSet<ulong>();
        foreach (long seed in new[] { -1L, 0, 1, 2, long.MaxValue })
        {
            for (long stream = -1; stream < 50; stream++) Assert.True(all.Add(new ResumableRandom(seed, stream).NextBits()));
        }
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(-3, 4)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Whole_numbers_are_within_their_range_and_even(int from, int to)
    {
        var random = new ResumableRandom(5);
        const int buckets = 7, draws = 70_000;
        var counts = new int[buckets];
        double width = ((double)to - from) / buckets;
        for (int i = 0; i < draws; i++)
        {
            int drawn = random.Next(from, to);
            Assert.InRange(drawn, from, to - 1);
            counts[(int)(((double)drawn - from) / width)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400)); // four deviations of about 93
    }

    [Fact]
    public void All_kinds_of_numbers_are_within_their_ranges()
    {
        var random = new ResumableRandom(6);
        var bytes = new byte[1000];
        random.NextBytes(bytes);
        Assert.InRange(bytes.Distinct().Count(), 200, 256);
        Assert.Equal((0, 5, 9L), (random.Next(0), random.Next(5, 5), random.NextInt64(9, 10)));
        for (int i = 0; i < 10_000; i++)
        {
            Assert.InRange(random.NextDouble(), 0, 1 - (1.0 / (1L << 53)));
            Assert.InRange(random.NextSingle(), 0f, 1 - (1f / (1 << 24)));
            Assert.InRange(random.Next(), 0, int.MaxValue - 1);
            Assert.InRange(random.NextInt64(long.MinValue, -5), long.MinValue, -6);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt64(2, 1));
    }

    [Fact]
    public void A_shuffle_draws_from_it()
    {
        int[] once = [.. Enumerable.Range(0, 100)], again = [.. once];
        new ResumableRandom(9).Shuffle(once);
        new ResumableRandom(9).Shuffle(again);

        Assert.Equal(once, again);
        Assert.NotEqual(Enumerable.Range(0, 100), once);
        Assert.Equal(Enumerable.Range(0, 100), once.Order());
    }

    private static ulong[] Draw(ResumableRandom random) => [.. Enumerable.Range(0, 100).Select(_ => random.NextBits())];
}
