namespace LineRec.Features.Tests.Numbers;

public class BucketTransformTests
{
    [Fact]
    public void Declared_edges_belong_to_the_bucket_above()
    {
        using var fitted = NumberFit.Of(new NumberFeature { Column = "x", Missing = MissingNumber.OwnBucket, Transform = new BucketTransform { Edges = [10, 20] } }, NumberFit.Items(9.9f, 10f, 19f, 20f, float.NaN));
        Assert.Equal(["x_bucket_0", "x_bucket_1", "x_bucket_2", "x_bucket_missing"], fitted.ItemColumns.Select(c => c.Name));
        Assert.Equal([1f, 0f, 0f, 0f], fitted.Items[0].ToArray());
        Assert.Equal([0f, 1f, 0f, 0f], fitted.Items[1].ToArray());
        Assert.Equal([0f, 1f, 0f, 0f], fitted.Items[2].ToArray());
        Assert.Equal([0f, 0f, 1f, 0f], fitted.Items[3].ToArray());
        Assert.Equal([0f, 0f, 0f, 1f], fitted.Items[4].ToArray());
    }

    [Fact]
    public void Buckets_of_quantiles_hold_equally_many()
    {
        float[] numbers = [.. Enumerable.Range(0, 100).Select(i => MathF.Pow(i, 3f))];
        using var fitted = NumberFit.Of(new BucketTransform { Buckets = 4 }, numbers);
        Assert.All(Enumerable.Range(0, 4), b => Assert.Equal(25f, fitted.Column(b).Sum()));
    }

    [Fact]
    public void Equal_quantiles_leave_buckets_empty_and_every_number_is_in_one()
    {
        using var fitted = NumberFit.Of(new BucketTransform { Buckets = 5 }, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 1f, 9f);
        Assert.Equal(6, fitted.ItemColumns.Count);
        Assert.All(Enumerable.Range(0, 10), row => Assert.Equal(1f, fitted.Items[row][..5].ToArray().Sum()));
        Assert.Equal(8f, fitted.Column(3).Sum());
        Assert.Equal(2f, fitted.Column(4).Sum());
    }

    [Fact]
    public void A_missing_number_may_be_spread_like_the_known_ones()
    {
        using var fitted = NumberFit.Of(new BucketTransform { Edges = [2] }, 1f, 1f, 1f, 3f, float.NaN);
        Assert.Equal([0.75f, 0.25f, 1f], fitted.Items[4].ToArray());
    }

    [Fact]
    public void Unordered_edges_one_bucket_and_an_own_bucket_without_buckets_are_refused()
    {
        Assert.Contains("Edges of column 'x' must be finite and ascending; got 2, 2", Assert.Throws<ArgumentException>(() => NumberFit.Of(new BucketTransform { Edges = [2, 2] }, 1f)).Message, StringComparison.Ordinal);
        Assert.Contains("Buckets of column 'x' is 1", Assert.Throws<ArgumentException>(() => NumberFit.Of(new BucketTransform { Buckets = 1 }, 1f)).Message, StringComparison.Ordinal);
        Assert.Contains("only with BucketTransform", Assert.Throws<ArgumentException>(() => NumberFit.Of(new NumberFeature { Column = "x", Missing = MissingNumber.OwnBucket }, NumberFit.Items(1f))).Message, StringComparison.Ordinal);
    }
}
