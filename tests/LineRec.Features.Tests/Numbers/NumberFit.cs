namespace LineRec.Features.Tests.Numbers;

/// <summary>Fits features to one number column "x".</summary>
internal static class NumberFit
{
    internal static readonly DateTimeOffset AsOf = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static Catalog Items(params float[] numbers) => new([.. Enumerable.Range(0, numbers.Length).Select(i => $"i{i:D6}")], [new NumberColumn("x", numbers)]);

    internal static FittedFeatures Of(ItemFeature feature, Catalog catalog) => new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Add(feature))), catalog, AsOf).Fit();

    internal static FittedFeatures Of(NumberTransform? transform, params float[] numbers) => Of(new NumberFeature { Column = "x", Transform = transform }, Items(numbers));

    internal static float[] Column(this FittedFeatures fitted, int column) => [.. Enumerable.Range(0, fitted.ItemCount).Select(row => fitted.Items[row][column])];

    internal static float[] Column(this FittedFeatures fitted, string name) => fitted.Column(fitted.ItemColumns.Select(c => c.Name).ToList().IndexOf(name));

    internal static void AssertClose(float[] expected, float[] actual, int digits = 5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], digits);
    }
}
