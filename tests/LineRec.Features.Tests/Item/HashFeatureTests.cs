using System.Globalization;

namespace LineRec.Features.Tests.Item;

public class HashFeatureTests
{
    private static readonly HashFeature Hashing = new() { Column = "x", Buckets = 8, Hashes = 3 };

    /// <summary>XXH64's published values: of the empty text with seed 0, and of "xxhash" with seed 0 and 20141025 (the reference implementation's own test).</summary>
    [Fact]
    public void The_hash_is_the_published_one()
    {
        Assert.Equal(0xEF46DB3751D8E999UL, TextHash.Of("", 0));
        Assert.Equal(0x32DD38952C4BC720UL, TextHash.Of("xxhash", 0));
        Assert.Equal(0xB559B98D844E0635UL, TextHash.Of("xxhash", 20141025));
    }

    [Fact]
    public void Equal_values_have_equal_columns_and_each_function_adds_one()
    {
        using var fitted = TextFit.Of(Hashing with { Unsigned = true }, TextFit.Items("a", "b", "a", null, "日本"));
        Assert.Equal("x_hash_7", fitted.Names()[7]);
        Assert.Equal(fitted.Row(0), fitted.Row(2));
        Assert.All([0, 1, 4], row => Assert.Equal(3f, fitted.Row(row).Sum()));
        Assert.All(fitted.Row(3), v => Assert.Equal(0f, v));
    }

    [Fact]
    public void Columns_are_the_sums_of_the_functions_signs()
    {
        using var fitted = TextFit.Of(Hashing, TextFit.Items("shoe"));
        float[] expected = new float[8];
        for (int seed = 0; seed < 3; seed++)
        {
            ulong hash = TextHash.Of("shoe", seed);
            expected[(int)((hash & 0x7FFF_FFFF_FFFF_FFFF) % 8)] += hash >> 63 == 0 ? 1f : -1f;
        }

        Assert.Equal(expected, fitted.Row(0));
    }

    [Fact]
    public void An_unseen_value_has_its_place_at_once()
    {
        var catalog = TextFit.Items("a");
        using var fitted = TextFit.Of(Hashing, catalog);
        using var applied = fitted.ForCatalog(catalog, TextFit.Items("never seen", "a"));
        using var together = TextFit.Of(Hashing, TextFit.Items("a", "never seen"));
        Assert.Equal(together.Row(1), applied.Row(0));
        Assert.Equal(together.Row(0), applied.Row(1));
    }

    [Fact]
    public void Collisions_are_counted_and_named()
    {
        var one = HashCollisions.Of(new HashFeature { Column = "x", Buckets = 1, Hashes = 1, Unsigned = true }, TextColumn.Encode("x", ["c", "a", "b"]));
        Assert.Equal((3, 1, 3, 3), (one.Values, one.UsedBuckets, one.CollidingValues, one.LargestGroup));
        Assert.Equal(["c", "a", "b"], one.Examples.Single());
        var none = HashCollisions.Of(Hashing, TextColumn.Encode("x", ["a"]));
        Assert.Equal((1, 0, 1), (none.Values, none.CollidingValues, none.LargestGroup));
        var empty = HashCollisions.Of(Hashing, TextColumn.Encode("x", [null]));
        Assert.Equal((0, 0, 0, 0), (empty.Values, empty.UsedBuckets, empty.CollidingValues, empty.LargestGroup));
    }

    [Fact]
    public void Many_values_collide_as_often_as_chance_says_and_more_functions_part_them()
    {
        var column = TextColumn.Encode("x", [.. Enumerable.Range(0, 20_000).Select(i => "value " + i.ToString(CultureInfo.InvariantCulture))]);
        var single = HashCollisions.Of(new HashFeature { Column = "x", Buckets = 1 << 17, Hashes = 1, Unsigned = true }, column);
        // n (1 - (1 - 1/m)^(n - 1)) = 2830 are expected; its deviation is under 75.
        double expected = 20_000 * (1 - Math.Pow(1 - Math.Pow(2, -17), 19_999));
        Assert.InRange(single.CollidingValues, expected - 300, expected + 300);
        Assert.Equal(0, HashCollisions.Of(new HashFeature { Column = "x", Buckets = 1 << 17, Hashes = 3 }, column).CollidingValues);
    }

    [Fact]
    public void No_bucket_and_no_function_are_refused()
    {
        Assert.Contains("Buckets of column 'x' is 0", Assert.Throws<ArgumentException>(() => TextFit.Of(Hashing with { Buckets = 0 }, TextFit.Items("a"))).Message, StringComparison.Ordinal);
        Assert.Contains("Hashes of column 'x' is 0", Assert.Throws<ArgumentException>(() => TextFit.Of(Hashing with { Hashes = 0 }, TextFit.Items("a"))).Message, StringComparison.Ordinal);
    }
}
