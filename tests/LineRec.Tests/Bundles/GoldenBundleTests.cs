namespace LineRec.Tests.Bundles;

/// <summary>
/// Bundles as earlier formats wrote them must still open. A format's bundle is written once, by <see cref="SmallBundle"/> as it then was, and never
/// again; a new format adds a folder.
/// </summary>
public sealed class GoldenBundleTests
{
    [Fact]
    public void A_bundle_of_format_1_still_opens_with_everything_in_it()
    {
        using var snapshot = BundleReader.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "format-1"));

        Assert.Equal("format-1", snapshot.Version);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero), snapshot.Created);
        Assert.Equal("03969bbc744f531f52ce5bf272c28cf9", snapshot.Fingerprint);
        Assert.Equal(["a", "b", "c", "đ"], snapshot.Catalog.Ids);
        Assert.Equal([1, 0, -1, 1], snapshot.Catalog.Category!.Codes);
        Assert.Equal(["toys", "books/\"children\""], snapshot.Catalog.Category.Values);
        Assert.Equal("日本", snapshot.Catalog.Title![3]);
        Assert.Equal([1.5f, float.NaN, float.PositiveInfinity, -0f], snapshot.Catalog.Price!.Values.ToArray());
        Assert.Equal([0, TimeColumn.Missing, 1_700_000_000_123, -1], snapshot.Catalog.ListedAt!.UnixMilliseconds);
        Assert.Equal([2, 0], snapshot.Charts["trending"].Rows);
        Assert.Equal(0, snapshot.Charts["empty"].Rows.Length);
        Assert.Equal(["xmas", "all"], snapshot.Campaigns.Select(c => c.Id));
        Assert.Equal(["toys"], snapshot.Campaigns[0].Values);
        Assert.Equal(ModelInputKind.Gathered, snapshot.Models["user_tower"].Inputs[0].Kind);
        Assert.Equal("user", snapshot.Models["user_tower"].Inputs[1].Block);
        using var vectors = NpyMatrix<float>.Open(snapshot.GetFile("items.npy", "the test"));
        Assert.Equal([7f, 8f], vectors[3]);
    }
}
