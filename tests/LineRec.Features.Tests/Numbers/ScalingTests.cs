namespace LineRec.Features.Tests.Numbers;

public class ScalingTests
{
    [Fact]
    public void Min_max_maps_the_least_to_0_and_the_greatest_to_1()
    {
        using var fitted = NumberFit.Of(new MinMaxTransform(), 2f, 4f, 10f);
        Assert.Equal(["x_minmax", "x_minmax_missing"], fitted.ItemColumns.Select(c => c.Name));
        Assert.Equal([0f, 0.25f, 1f], fitted.Column(0));
        Assert.Equal([0f, 0f, 0f], fitted.Column(1));
        Assert.Equal([2.0, 10.0], fitted.ItemColumns[0].Parameters);
    }

    [Fact]
    public void Robust_takes_the_median_off_and_divides_by_the_quartiles_distance()
    {
        // Quartiles of 1, 2, 3, 4, 1000 by linear interpolation: 2 and 4; the outlier moves neither.
        using var fitted = NumberFit.Of(new RobustTransform(), 1000f, 1f, 3f, 2f, 4f);
        Assert.Equal([498.5f, -1f, 0f, -0.5f, 0.5f], fitted.Column(0));
        using var even = NumberFit.Of(new RobustTransform(), 1f, 2f, 3f, 4f); // quartiles 1.75 and 3.25, median 2.5
        NumberFit.AssertClose([-1f, -1f / 3f, 1f / 3f, 1f], even.Column(0));
    }

    [Fact]
    public void A_missing_number_is_the_mean_of_the_outputs_with_a_flag()
    {
        using var fitted = NumberFit.Of(new MinMaxTransform(), 2f, float.NaN, 4f, float.PositiveInfinity, 10f, float.NegativeInfinity);
        NumberFit.AssertClose([0f, 1.25f / 3f, 0.25f, 1.25f / 3f, 1f, 1.25f / 3f], fitted.Column(0));
        Assert.Equal([0f, 1f, 0f, 1f, 0f, 1f], fitted.Column(1));
    }

    [Fact]
    public void A_constant_stands_for_missing_numbers_in_fitting_too()
    {
        using var fitted = NumberFit.Of(new NumberFeature { Column = "x", Transform = new MinMaxTransform(), Missing = MissingNumber.Constant, MissingConstant = -8 }, NumberFit.Items(2f, float.NaN, 12f));
        Assert.Equal(["x_minmax"], fitted.ItemColumns.Select(c => c.Name));
        Assert.Equal([0.5f, 0f, 1f], fitted.Column(0));
        using var scored = NumberFit.Of(new NumberFeature { Column = "x", Log = true, Missing = MissingNumber.Constant, MissingConstant = MathF.E - 1f }, NumberFit.Items(0f, float.NaN));
        NumberFit.AssertClose([-1f, 1f], scored.Column(0)); // log(1 + x) is 0 and 1
        Assert.Equal(["x_log"], scored.ItemColumns.Select(c => c.Name));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_constant_column_one_value_and_no_value_stay_finite(NumberTransform transform)
    {
        float[][] columns = [[3f, 3f, 3f], [3f], [float.NaN, float.NaN], [3f, float.NaN], [float.MaxValue, 1f, float.Epsilon], []];
        foreach (float[] numbers in columns)
        {
            using var fitted = NumberFit.Of(transform, numbers);
            for (int row = 0; row < fitted.ItemCount; row++) Assert.All(fitted.Items[row].ToArray(), v => Assert.True(float.IsFinite(v)));
            if (numbers.Length == 3 && numbers[2] == 3f) Assert.Single(Enumerable.Range(0, 3).Select(row => string.Join(' ', fitted.Items[row].ToArray())).Distinct(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void The_order_of_numbers_is_kept_by_all_but_buckets(NumberTransform transform)
    {
        var random = new Random(3);
        float[] numbers = [.. Enumerable.Range(0, 500).Select(_ => MathF.Exp(4f * random.NextSingle()))];
        using var fitted = NumberFit.Of(transform, numbers);
        if (transform is BucketTransform) return;
        float[] values = fitted.Column(0);
        Array.Sort(numbers, values);
        for (int i = 1; i < values.Length; i++) Assert.True(values[i - 1] <= values[i]);
        Assert.True(values[0] < values[^1]);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void New_items_get_the_same_bits_for_the_same_number_from_a_saved_fit(NumberTransform transform)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-features").FullName;
        try
        {
            float[] numbers = [5f, 1f, 2.5f, 100f, 7f, float.NaN, 2.5f];
            var catalog = NumberFit.Items(numbers);
            using (var fitted = NumberFit.Of(transform, numbers)) fitted.Save(folder);
            using var loaded = FittedFeatures.Load(folder);
            float[] later = [-5f, 2.5f, 1000f, 100f, float.NaN, 3f];
            using var applied = loaded.ForCatalog(catalog, new Catalog(["new0", "new1", "new2", "new3", "new4", "new5"], [new NumberColumn("x", later)]));
            Assert.Equal(loaded.Items[2].ToArray(), applied.Items[1].ToArray());
            Assert.Equal(loaded.Items[3].ToArray(), applied.Items[3].ToArray());
            Assert.Equal(loaded.Items[5].ToArray(), applied.Items[4].ToArray());
            Assert.All(applied.Column(0), v => Assert.True(float.IsFinite(v)));
            Assert.True(applied.Accepts(loaded.Fingerprint));
            Assert.Equal(loaded.ItemColumns.Select(c => (c.Name, c.Mean, c.Deviation)), applied.ItemColumns.Select(c => (c.Name, c.Mean, c.Deviation)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_later_number_outside_the_fitted_range_is_clipped_by_min_max()
    {
        using var fitted = NumberFit.Of(new MinMaxTransform(), 0f, 10f);
        using var applied = fitted.ForCatalog(NumberFit.Items(0f, 10f), NumberFit.Items(-1f, 5f, 11f));
        Assert.Equal([0f, 0.5f, 1f], applied.Column(0));
    }

    public static TheoryData<NumberTransform> Transforms() =>
    [
        new MinMaxTransform(), new RobustTransform(), new YeoJohnsonTransform(), new BoxCoxTransform(),
        new QuantileTransform(), new QuantileTransform { Output = QuantileOutput.Normal, Quantiles = 4 }, new BucketTransform(), new BucketTransform { Edges = [2, 6] },
    ];
}
