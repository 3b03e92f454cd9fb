namespace LineRec.Tests.Bundles;

public sealed class BundleRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_published_is_what_is_opened()
    {
        string bundle = SmallBundle.Publish(_folder.Path);

        using var snapshot = BundleReader.Open(_folder.Path);

        Assert.Equal("v1", snapshot.Version);
        Assert.Equal(SmallBundle.Created, snapshot.Created);
        Assert.Equal(bundle, snapshot.Directory);
        AssertEqual(SmallBundle.Catalog, snapshot.Catalog);
        Assert.Equal(["books", "empty", "trending"], snapshot.Charts.Keys.Order());
        foreach (var (name, chart) in SmallBundle.Charts)
        {
            Assert.Equal(chart.Rows, snapshot.Charts[name].Rows);
            Assert.Equal(chart.Scores, snapshot.Charts[name].Scores);
        }

        Assert.Equivalent(SmallBundle.Campaigns, snapshot.Campaigns, strict: true);
        Assert.Equivalent(SmallBundle.Tower(), snapshot.Models["user_tower"], strict: true);
        Assert.NotNull(snapshot.FindFile("tables/category.npy"));
    }

    [Fact]
    public void A_root_and_the_bundles_own_folder_open_the_same_bundle()
    {
        string bundle = SmallBundle.Publish(_folder.Path);

        using var byRoot = BundleReader.Open(_folder.Path);
        using var byFolder = BundleReader.Open(bundle);

        Assert.Equal(byRoot.Fingerprint, byFolder.Fingerprint);
        Assert.Equal(32, byRoot.Fingerprint.Length);
    }

    [Fact]
    public void A_model_may_come_with_a_refresh_of_the_features_that_it_was_trained_with()
    {
        using (var writer = SmallBundle.Write(_folder.Path, "v2"))
        {
            File.WriteAllText(writer.PathOf("features.json"), $$"""{ "fingerprint": "f1", "refreshOf": ["other", "{{SmallBundle.Features}}"] }""");
            writer.Publish();
        }

        using var snapshot = BundleReader.Open(_folder.Path);

        Assert.Equal(SmallBundle.Features, snapshot.Models["user_tower"].Fingerprint);
    }

    [Fact]
    public void The_manifest_holds_sizes_hashes_metrics_and_lineage()
    {
        string bundle = SmallBundle.Publish(_folder.Path);

        var manifest = BundleManifest.Read(bundle);

        var onDisk = Directory.EnumerateFiles(bundle, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(bundle, f)).Where(f => f != "manifest.json");
        Assert.Equal(onDisk.Order(StringComparer.Ordinal), manifest.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(18, manifest.Files["user_tower.onnx"].Size);
        Assert.Equal("f7c4d5ca1ea5d9cde6f2b0d7dc5b1dbb".Length, manifest.Files["user_tower.onnx"].Hash.Length);
        Assert.Equal(0.75, manifest.Metrics["auc"]);
        Assert.Equal("four items", manifest.Lineage["data"]);
    }

    [Fact]
    public void The_same_parts_have_the_same_fingerprint_and_any_other_part_another()
    {
        string first = SmallBundle.Publish(Path.Combine(_folder.Path, "one"));
        string second = SmallBundle.Publish(Path.Combine(_folder.Path, "two"));
        using var writer = SmallBundle.Write(Path.Combine(_folder.Path, "three"), "v1");
        File.AppendAllText(writer.PathOf("user_tower.onnx"), "!");

        Assert.Equal(BundleManifest.Read(first).Fingerprint, BundleManifest.Read(second).Fingerprint);
        Assert.NotEqual(BundleManifest.Read(first).Fingerprint, writer.Publish().Fingerprint);
    }

    [Fact]
    public void A_catalog_of_many_batches_without_any_column_or_without_any_item_keeps_its_rows()
    {
        string[] ids = [.. Enumerable.Range(0, 600_000).Select(i => $"{i:D7}")];
        var codes = Enumerable.Range(0, ids.Length).Select(i => (i % 5) - 1).ToArray();
        AssertRoundTrip("many", new Catalog(ids, [new TextColumn("shop", codes, ["w", "x", "y", "z"])]));
        AssertRoundTrip("bare", new Catalog(["a", "b"], []));
        AssertRoundTrip("none", new Catalog([], [new TextColumn("shop", [], []), new NumberColumn("price", []), new TimeColumn("t", [])]));
        AssertRoundTrip("unused", new Catalog(["a"], [new TextColumn("shop", [-1], ["never", "used"])]));
    }

    private void AssertRoundTrip(string version, Catalog catalog)
    {
        using (var writer = BundleWriter.Create(_folder.Path, version))
        {
            writer.WriteCatalog(catalog);
            writer.Publish();
        }

        using var snapshot = BundleReader.Open(Path.Combine(_folder.Path, version));
        AssertEqual(catalog, snapshot.Catalog);
        Assert.Empty(snapshot.Charts);
        Assert.Empty(snapshot.Campaigns);
    }

    private static void AssertEqual(Catalog expected, Catalog actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Columns.Count, actual.Columns.Count);
        foreach (var column in expected.Columns)
        {
            switch (column)
            {
                case TextColumn text:
                    Assert.Equal(text.Codes, actual.Find<TextColumn>(text.Name)!.Codes);
                    Assert.Equal(text.Values, actual.Find<TextColumn>(text.Name)!.Values);
                    break;
                case NumberColumn number:
                    Assert.Equal(number.Values.ToArray(), actual.Find<NumberColumn>(number.Name)!.Values.ToArray());
                    break;
                default:
                    Assert.Equal(((TimeColumn)column).UnixMilliseconds, actual.Find<TimeColumn>(column.Name)!.UnixMilliseconds);
                    break;
            }
        }
    }
}
