namespace LineRec.Features.Tests.Fitting;

public sealed class FittedFeaturesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-features").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_spec_reads_back_to_the_same_text()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        fitted.Save(_folder);
        string text = File.ReadAllText(Path.Combine(_folder, FittedFeatures.DocumentFile));
        using (var loaded = FittedFeatures.Load(_folder)) loaded.Save(Directory.CreateDirectory(Path.Combine(_folder, "again")).FullName);
        Assert.Equal(text, File.ReadAllText(Path.Combine(_folder, "again", FittedFeatures.DocumentFile)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, FittedFeatures.ItemsFile)), File.ReadAllBytes(Path.Combine(_folder, "again", FittedFeatures.ItemsFile)));
        Assert.Contains("\"kind\": \"own-history\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refresh_is_accepted_where_its_ancestors_were_and_a_stranger_is_not()
    {
        var shop = new TestShop(1);
        using var first = shop.Fit();
        var fitter = new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End.AddDays(1));
        fitter.Add([1], [2], [EventType.Click], [TestShop.End.ToUnixTimeMilliseconds()]);
        using var second = fitter.Fit(refreshOf: first);
        using var third = new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End.AddDays(2)).Fit(refreshOf: second);
        Assert.True(first.Accepts(first.Fingerprint));
        Assert.True(third.Accepts(first.Fingerprint) && third.Accepts(second.Fingerprint));
        Assert.False(first.Accepts(second.Fingerprint));
        Assert.Throws<ArgumentException>(() => new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Counts())), shop.Catalog, TestShop.End).Fit(refreshOf: first));
    }

    [Fact]
    public void A_pooling_chosen_later_makes_another_state_over_the_same_items()
    {
        using var fitted = new TestShop(1).Fit();
        var pooled = fitted.WithHistory(fitted.Spec.History with { Decay = 0.5f });
        Assert.Same(fitted.Items, pooled.Items);
        Assert.Equal(0.5f, pooled.Spec.History.Decay);
        Assert.NotEqual(fitted.Fingerprint, pooled.Fingerprint);
        Assert.Equal(fitted.Fingerprint, pooled.WithHistory(fitted.Spec.History).Fingerprint);
        Assert.Throws<ArgumentException>(() => fitted.WithHistory(new HistoryPooling { Last = 0 }));
    }

    [Theory]
    [InlineData("{ \"format\": 1 }", "isn't a feature state")]
    [InlineData("not json", "isn't a feature state")]
    [InlineData("null", "is empty")]
    public void A_damaged_document_is_refused(string text, string message)
    {
        File.WriteAllText(Path.Combine(_folder, FittedFeatures.DocumentFile), text);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => FittedFeatures.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_and_an_item_block_of_another_fit_are_refused()
    {
        using var fitted = new TestShop(1).Fit();
        fitted.Save(_folder);
        using (var other = new NpyMatrix<float>(new float[6], 3)) other.Save(Path.Combine(_folder, FittedFeatures.ItemsFile));
        Assert.Contains("has the shape [2, 3]", Assert.Throws<InvalidDataException>(() => FittedFeatures.Load(_folder)).Message, StringComparison.Ordinal);
        string path = Path.Combine(_folder, FittedFeatures.DocumentFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\": 1,", "\"format\": 2,", StringComparison.Ordinal));
        Assert.Contains("has format 2", Assert.Throws<InvalidDataException>(() => FittedFeatures.Load(_folder)).Message, StringComparison.Ordinal);
    }

    /// <summary>Bundles outlive releases: what an earlier one wrote opens, with the same meaning.</summary>
    [Fact]
    public void A_state_of_format_1_still_opens_and_encodes()
    {
        var shop = new TestShop(1);
        using var loaded = FittedFeatures.Load(Path.Combine(AppContext.BaseDirectory, "Fitting", "Formats", "1"));
        Assert.Equal("c5beb08f99429ab5148ad405d951557b", loaded.Fingerprint);
        Assert.Equal((3000, TestShop.ItemCount), (loaded.EventCount, loaded.ItemCount));
        using var encoder = shop.Encoder(loaded);
        Assert.Contains("own_order_rate", encoder.CrossNames);
        Assert.Equal(loaded.Items[7][0], encoder.ItemBlock[7][0]);
    }

    [Fact]
    public void A_spec_without_item_features_round_trips()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.User(u => u.EventCounts())));
        fitted.Save(_folder);
        using var loaded = FittedFeatures.Load(_folder);
        using var encoder = shop.Encoder(loaded);
        Assert.Equal((5, 0, 0), (encoder.UserWidth, encoder.ItemWidth, encoder.CrossWidth));
    }

    [Fact]
    public void A_snapshot_shares_one_encoder_and_one_table()
    {
        var shop = new TestShop(1);
        using (var fitted = shop.Fit()) fitted.Save(_folder);
        string tables = Directory.CreateDirectory(Path.Combine(_folder, "tables")).FullName;
        shop.ItemTable.Save(Path.Combine(tables, "item.npy"));
        shop.CategoryTable.Save(Path.Combine(tables, "category.npy"));
        using var snapshot = new ModelSnapshot(shop.Catalog) { Directory = _folder };
        Assert.Same(SnapshotFeatures.EncoderFor(snapshot), SnapshotFeatures.EncoderFor(snapshot));
        Assert.Same(SnapshotFeatures.TableFor(snapshot, "item"), SnapshotFeatures.TableFor(snapshot, "item"));
        using var empty = new ModelSnapshot(shop.Catalog);
        Assert.Contains("features.json", Assert.Throws<InvalidOperationException>(() => SnapshotFeatures.EncoderFor(empty)).Message, StringComparison.Ordinal);
    }
}
