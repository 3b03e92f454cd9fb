namespace LineRec.Features.Tests.Item;

/// <summary>Fits features to one text column "x".</summary>
internal static class TextFit
{
    internal static readonly DateTimeOffset AsOf = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static Catalog Items(params string?[] values) => new([.. Enumerable.Range(0, values.Length).Select(i => $"i{i:D7}")], [TextColumn.Encode("x", values)]);

    internal static FittedFeatures Of(ItemFeature feature, Catalog catalog, Action<FeatureFitter>? add = null)
    {
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Add(feature))), catalog, AsOf);
        add?.Invoke(fitter);
        return fitter.Fit();
    }

    internal static void Count(this FeatureFitter fitter, int user, int row, EventType type, int times)
    {
        for (int i = 0; i < times; i++) fitter.Add([user], [row], [type], [AsOf.AddDays(-1).ToUnixTimeMilliseconds()]);
    }

    /// <summary>A column before it was scaled.</summary>
    internal static float[] Raw(this FittedFeatures fitted, int column) =>
        [.. Enumerable.Range(0, fitted.ItemCount).Select(row => (fitted.Items[row][column] * fitted.ItemColumns[column].Deviation) + fitted.ItemColumns[column].Mean)];

    internal static string[] Names(this FittedFeatures fitted) => [.. fitted.ItemColumns.Select(c => c.Name)];

    internal static float[] Row(this FittedFeatures fitted, int row) => fitted.Items[row].ToArray();

    internal static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 5);
    }
}
