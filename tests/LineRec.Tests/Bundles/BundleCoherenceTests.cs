namespace LineRec.Tests.Bundles;

/// <summary>Parts that don't belong together are refused when publishing, and so never reach a reader.</summary>
public sealed class BundleCoherenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_of_another_feature_state_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        writer.AddModel("rankers/home", SmallBundle.Tower("f1"));
        Refused(writer, "user_tower.onnx", "'rankers/home' was trained with features 'f1'; this bundle has features 'f0'");
    }

    [Fact]
    public void A_model_fed_with_features_needs_the_feature_state()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        File.Delete(writer.PathOf("features.json"));
        Refused(writer, "features.json", "missing");
    }

    [Fact]
    public void A_feature_state_without_fingerprint_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        File.WriteAllText(writer.PathOf("features.json"), """{ "fingerprint": 7 }""");
        Refused(writer, "features.json", "no string property 'fingerprint'");
    }

    [Fact]
    public void A_model_made_elsewhere_needs_no_fingerprint_as_long_as_no_feature_is_fed_to_it()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        writer.AddModel("foreign", new ModelDescription("user_tower.onnx", [new ModelInput("history", ModelInputKind.Gathered, 2, Table: "item")], "out", ""));
        Assert.Contains("foreign", writer.Publish().Models.Keys);
        using var other = SmallBundle.Write(_folder.Path, "v2");
        other.AddModel("foreign", SmallBundle.Tower(""));
        Refused(other, "user_tower.onnx", "trained with features ''");
    }

    [Theory]
    [InlineData("items.npy")]
    [InlineData("neighbours.npy")]
    [InlineData("tables/item.npy")]
    public void A_matrix_that_is_not_aligned_with_the_catalog_is_refused(string file)
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        if (file == "neighbours.npy") SmallBundle.WriteMatrix(writer, file, new int[6], 2);
        else SmallBundle.WriteMatrix(writer, file, new float[6], 2);
        Refused(writer, file, "3 rows, the catalog 4");
    }

    [Fact]
    public void A_neighbour_outside_the_catalog_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        SmallBundle.WriteMatrix(writer, "neighbours.npy", [1, -1, 0, 4, -1, -1, 3, 0], 2);
        Refused(writer, "neighbours.npy", "row 1 names the neighbour 4");
        SmallBundle.WriteMatrix(writer, "neighbours.npy", [1, -2, 0, 3, -1, -1, 3, 0], 2);
        Refused(writer, "neighbours.npy", "row 0 names the neighbour -2");
    }

    [Fact]
    public void Neighbour_scores_of_another_shape_are_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        SmallBundle.WriteMatrix(writer, "neighbour_scores.npy", new float[4], 1);
        Refused(writer, "neighbour_scores.npy", "[4, 1]");
    }

    [Fact]
    public void A_table_of_another_width_or_without_a_row_for_each_category_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        SmallBundle.WriteMatrix(writer, "tables/item.npy", new float[12], 3);
        Refused(writer, "tables/item.npy", "takes 2");
        SmallBundle.WriteMatrix(writer, "tables/item.npy", new float[8], 2);
        SmallBundle.WriteMatrix(writer, "tables/category.npy", new float[2], 1);
        writer.AddModel("item_tower", new ModelDescription("user_tower.onnx", [new ModelInput("category", ModelInputKind.Gathered, 1, Table: "category")], "v", ""));
        Refused(writer, "tables/category.npy", "need 3");
        File.Delete(writer.PathOf("tables/category.npy"));
        Refused(writer, "tables/category.npy", "isn't among the bundle's files");
    }

    [Fact]
    public void A_model_whose_file_was_not_written_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        writer.AddModel("rankers/home", SmallBundle.Tower() with { File = "rankers/home.onnx" });
        Refused(writer, "manifest.json", "'rankers/home.onnx', which isn't among the bundle's files");
    }

    [Fact]
    public void A_chart_of_rows_that_the_catalog_lacks_or_out_of_order_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        writer.WriteCharts(new Dictionary<string, Chart> { ["a"] = new([4], [1f]) });
        Refused(writer, "charts.arrows", "names row 4; the catalog has 4 items");
        writer.WriteCharts(new Dictionary<string, Chart> { ["a"] = new([0, 1], [1f, 2f]) });
        Refused(writer, "charts.arrows", "descending");
    }

    [Fact]
    public void A_bundle_without_a_catalog_is_refused()
    {
        using var writer = BundleWriter.Create(_folder.Path, "v1");
        Refused(writer, "catalog.arrows", "missing");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_campaign_without_a_usable_weight_is_refused_when_written(float weight)
    {
        using var writer = BundleWriter.Create(_folder.Path, "v1");
        var campaign = SmallBundle.Campaigns[0] with { Weight = weight };
        Assert.Contains("'xmas' has the weight", Assert.Throws<BundleException>(() => writer.WriteCampaigns([campaign])).Message);
    }

    [Fact]
    public void A_campaign_that_ends_before_it_starts_is_refused_when_written()
    {
        using var writer = BundleWriter.Create(_folder.Path, "v1");
        var campaign = SmallBundle.Campaigns[0] with { EndsAt = SmallBundle.Created };
        Assert.Contains("isn't after its start", Assert.Throws<BundleException>(() => writer.WriteCampaigns([campaign])).Message);
    }

    [Fact]
    public void A_metric_that_is_not_finite_is_refused()
    {
        using var writer = SmallBundle.Write(_folder.Path, "v1");
        writer.Metrics["ndcg"] = double.NaN;
        Refused(writer, "manifest.json", "metric 'ndcg'");
    }

    private void Refused(BundleWriter writer, string file, string because)
    {
        var e = Assert.Throws<BundleException>(() => writer.Publish());
        Assert.Equal(file, e.File);
        Assert.Contains(because, e.Message);
        Assert.True(Directory.Exists(writer.Directory), "What was refused can be corrected and published.");
    }
}
