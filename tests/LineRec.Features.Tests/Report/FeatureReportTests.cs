using System.Globalization;
using System.Xml.Linq;

namespace LineRec.Features.Tests.Report;

public class FeatureReportTests
{
    private const string Hostile = "<script>alert(\"x\")</script>&'";

    [Fact]
    public void A_number_is_summarised_as_by_hand()
    {
        var column = Reported(new NumberFeature { Column = "x" }, 4f, 1f, float.NaN, 3f, 4f).Single(c => c is { Block: "catalog", Name: "x" });
        Assert.Equal((5, 4, 3), (column.Rows, column.Known, column.Distinct));
        Assert.Equal((0.8, 0.2), (column.Coverage, Math.Round(column.MissingShare, 12)));
        Assert.Equal((3.0, Math.Sqrt(1.5)), (column.Mean, column.Deviation));
        Assert.Equal([1, 1.06, 1.3, 2.5, 3.5, 4, 4, 4, 4], column.QuantileValues.Select(q => Math.Round(q, 9)));
        Assert.Equal([new("4", 2), new("1", 1), new("3", 1)], column.TopValues);
        Assert.Equal(4, column.Histogram!.Counts.Sum());
        Assert.Equal((1L, 2L), (column.Histogram.Counts[0], column.Histogram.Counts[^1]));
        Assert.Null(column.Drift);
    }

    [Fact]
    public void A_fitted_column_is_reported_before_scaling_and_without_what_its_flag_says_is_missing()
    {
        var columns = Reported(new NumberFeature { Column = "x", Log = true }, MathF.E - 1f, float.NaN, 0f);
        var log = columns.Single(c => c is { Block: "item", Name: "x_log" });
        Assert.Equal((3, 2), (log.Rows, log.Known));
        Assert.Equal(0.5, log.Mean!.Value, 6);
        Assert.Equal(0.5, log.Deviation!.Value, 6);
        Assert.Equal(3, columns.Single(c => c.Name == "x_log_missing").Known);
    }

    [Fact]
    public void A_column_of_nothing_one_of_one_value_and_no_rows_are_reported()
    {
        var nothing = Reported(new NumberFeature { Column = "x" }, float.NaN, float.PositiveInfinity)[0];
        Assert.Equal((2, 0, 0.0), (nothing.Rows, nothing.Known, nothing.Coverage));
        Assert.Null(nothing.Mean);
        Assert.Null(nothing.Histogram);
        var one = Reported(new NumberFeature { Column = "x" }, 7f)[0];
        Assert.Equal((7.0, 0.0), (one.Mean, one.Deviation));
        Assert.Equal([1L], one.Histogram!.Counts);
        Assert.Equal((0L, 0.0), (Reported(new NumberFeature { Column = "x" })[0].Rows, Reported(new NumberFeature { Column = "x" })[0].MissingShare));
    }

    [Fact]
    public void A_text_has_its_most_frequent_values_and_its_collisions()
    {
        var catalog = new Catalog(["a", "b", "c", "d"], [TextColumn.Encode("x", ["茶", "b", "茶", null])]);
        var spec = FeatureSpec.Create(s => s.Item(i => i.OneHot("x").Add(new HashFeature { Column = "x", Buckets = 1, Hashes = 1, Unsigned = true })));
        using var fitted = new FeatureFitter(spec, catalog, TestShop.End).Fit();
        var report = FeatureReport.Create(fitted, catalog);
        var column = report.Columns.Single(c => c.Block == "catalog"); // once, for both features
        Assert.Equal((4, 3, 2), (column.Rows, column.Known, column.Distinct));
        Assert.Equal([new("茶", 2), new("b", 1)], column.TopValues);
        Assert.Equal(2, column.Collisions!.CollidingValues);
        Assert.Contains("2 of 2 values collide", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_period_has_no_drift_and_a_shifted_one_has_all()
    {
        float[] before = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        var first = ReportOf(new NumberFeature { Column = "x" }, before);
        var same = ReportOf(new NumberFeature { Column = "x" }, [.. before.Reverse()]).ComparedWith(first).Columns[0].Drift!;
        Assert.Equal((0.0, 0.0, 1.0), (same.Psi, same.Ks, same.KsPValue));
        var shifted = ReportOf(new NumberFeature { Column = "x" }, [.. before.Select(x => x + 500f)]).ComparedWith(first).Columns[0].Drift!;
        Assert.Equal(0.5, shifted.Ks!.Value, 9);
        Assert.True(shifted.Psi > 0.25);
        Assert.True(shifted.KsPValue < 1e-9);
        // Half of the values fall into the last tenth: (0.6 - 0.1) ln 6 + 5 (0.1 - 0.0001) ln 1000, bins 6 to 9 as before.
        Assert.Equal((0.5 * Math.Log(6)) + (5 * (0.1 - 1e-4) * Math.Log(1000)), shifted.Psi, 2);
    }

    [Fact]
    public void A_constant_that_becomes_another_and_values_that_go_missing_are_drift()
    {
        var constant = ReportOf(new NumberFeature { Column = "x" }, 5f, 5f, 5f, 5f);
        Assert.All([4f, 6f], other => Assert.True(ReportOf(new NumberFeature { Column = "x" }, other, other).ComparedWith(constant).Columns[0].Drift!.Psi > 1));
        var half = ReportOf(new NumberFeature { Column = "x" }, 5f, float.NaN, 5f, float.NaN).ComparedWith(constant).Columns[0];
        Assert.True(half.Drift!.Psi > 1);
        Assert.Equal((0.0, 0.5), (half.Drift.MissingShareBefore, half.MissingShare));
        var none = ReportOf(new NumberFeature { Column = "x" }, float.NaN).ComparedWith(constant).Columns[0].Drift!;
        Assert.Null(none.Ks);
        Assert.True(none.Psi > 1);
    }

    [Fact]
    public void Equal_counts_on_the_scales_of_two_fits_are_equal()
    {
        var catalog = Numbers.NumberFit.Items(1f, 1f, 1f, 1f, 1f, 1f);
        FeatureReport Report(params int[] clicks)
        {
            var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Counts(EventType.Click))), catalog, TestShop.End);
            for (int row = 0; row < clicks.Length; row++)
            {
                for (int i = 0; i < clicks[row]; i++) fitter.Add([1], [row], [EventType.Click], [TestShop.Start.ToUnixTimeMilliseconds()]);
            }

            using var fitted = fitter.Fit();
            return FeatureReport.Create(fitted, catalog);
        }

        var before = Report(0, 0, 0, 1, 1, 6);
        for (int most = 7; most < 60; most++)
        {
            // Up to 1 click: 5 of 6 before and 4 of 6 after; the zeros are the same.
            var drift = Report(0, 0, 0, 1, 2, most).ComparedWith(before).Columns.Single(c => c.Name == "click_count").Drift!;
            Assert.Equal(1.0 / 6, drift.Ks!.Value, 9);
        }
    }

    [Fact]
    public void Texts_drift_by_their_values()
    {
        FeatureReport Report(params string?[] values)
        {
            var catalog = new Catalog([.. values.Select((_, i) => $"i{i:D3}")], [TextColumn.Encode("x", values)]);
            using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.OneHot("x"))), catalog, TestShop.End).Fit();
            return FeatureReport.Create(fitted, catalog);
        }

        var drift = Report("a", "b", "b", "b").ComparedWith(Report("b", "a")).Columns[0].Drift!;
        Assert.Equal((0.25 * Math.Log(2)) + (0.25 * Math.Log(1.5)), drift.Psi, 9);
        Assert.Null(drift.Ks);
        Assert.Equal(0, Report("b", null, "a", null).ComparedWith(Report("a", "b", null, null)).Columns[0].Drift!.Psi);
    }

    [Fact]
    public void A_transform_that_was_learnt_anew_is_not_compared_but_one_that_was_kept_is()
    {
        float[] before = [1f, 2f, 5f], after = [1f, 4f, 9f];
        var feature = new NumberFeature { Column = "x", Transform = new YeoJohnsonTransform() };
        Catalog earlier = Numbers.NumberFit.Items(before), later = Numbers.NumberFit.Items(after);
        using var first = Numbers.NumberFit.Of(feature, earlier);
        using var anew = Numbers.NumberFit.Of(feature, later);
        using var kept = first.ForCatalog(earlier, later);
        var report = FeatureReport.Create(first, earlier);
        ColumnDrift? Drift(FittedFeatures fitted, string name) => FeatureReport.Create(fitted, later).ComparedWith(report).Columns.Single(c => c.Name == name).Drift;
        Assert.Null(Drift(anew, "x_yeojohnson"));
        Assert.NotNull(Drift(anew, "x"));
        Assert.Equal(1.0 / 3, Drift(kept, "x_yeojohnson")!.Ks!.Value, 9);
    }

    [Fact]
    public void Text_and_page_show_every_column_and_the_page_is_well_formed_and_loads_nothing()
    {
        var shop = new TestShop(1);
        using FittedFeatures first = shop.Fit(), second = shop.Fit(seed: 2, events: 500);
        var report = FeatureReport.Create(second, shop.Catalog).ComparedWith(FeatureReport.Create(first, shop.Catalog))
            .WithTables(SharedTable.Of(second.Spec, shop.Tables, ("item", "item tower's id")));
        string text = report.ToText(), html = report.ToHtml();
        Assert.All(second.ItemColumns, c => Assert.Contains($"  {c.Name} ", text, StringComparison.Ordinal));
        var page = Page(html);
        Assert.All(second.ItemColumns, c => Assert.Contains(page.Descendants("td"), td => td.Value == c.Name));
        Assert.Contains(page.Descendants("polyline"), _ => true);
        Assert.True(page.Descendants("rect").Count() > 100);
        Assert.All(page.Descendants("rect"), r => Assert.All(r.Attributes(), a => Assert.InRange(double.Parse(a.Value, CultureInfo.InvariantCulture), 0, 160)));
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" || e.Attributes().Any(a => a.Name.LocalName is "src" or "href" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.Contains(page.Descendants("td"), td => td.Attribute("class")?.Value == "much"); // six times fewer events
        Assert.Equal(html, report.ToHtml());
    }

    [Fact]
    public void Hostile_names_and_values_are_text()
    {
        var catalog = new Catalog(["a", "b"], [TextColumn.Encode(Hostile, [Hostile, "b"])]);
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.OneHot(Hostile).Add(new HashFeature { Column = Hostile, Buckets = 1, Hashes = 1, Unsigned = true }))), catalog, TestShop.End).Fit();
        var report = FeatureReport.Create(fitted, catalog).WithTables([new SharedTable(Hostile, 1, 1, [Hostile])]);
        var page = Page(report.ComparedWith(report).ToHtml());
        Assert.Empty(page.Descendants("script"));
        Assert.Contains(page.Descendants("td"), td => td.Value == Hostile);
        Assert.Contains(page.Descendants("td"), td => td.Value.Contains($"{{{Hostile}, b}}", StringComparison.Ordinal));
    }

    [Fact]
    public void Captured_features_are_reported_with_their_missing_values()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var captured = new CapturedFeatures();
        var capture = new FeatureCapture(encoder, captured);
        for (int i = 0; i < 10; i++)
        {
            var context = i < 4 ? shop.Request() : shop.Request(new Random(i), 20);
            Assert.True(capture.RankAsync(context, shop.Candidates(new Random(i), 3), TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        }

        var columns = FeatureReport.Create(fitted, shop.Catalog, captured).Columns;
        var price = columns.Single(c => c is { Block: "user", Name: "user_log_price" });
        Assert.Equal((10, 6), (price.Rows, price.Known)); // four users have no history
        Assert.Equal(30, columns.Single(c => c is { Block: "cross", Name: "own_new" }).Rows);
        Assert.Equal(encoder.UserWidth + encoder.CrossWidth, columns.Count(c => c.Block is "user" or "cross"));
    }

    [Fact]
    public void A_shared_table_counts_once_and_its_uses_are_told()
    {
        using var items = new NpyMatrix<float>(new float[1000 * 8], 8);
        using var brands = new NpyMatrix<float>(new float[10 * 4], 4);
        var spec = FeatureSpec.Create(s => s.User(u => u.PooledHistory()).Item(i => i.Embedding("brand")).Cross(c => c.Similarity()));
        var tables = SharedTable.Of(spec, name => name == "item" ? items : brands, ("item", "item tower's id"), ("item", "history"));
        Assert.Equal(["brand", "item"], tables.Select(t => t.Name));
        Assert.Equal((40, 40), (tables[0].Parameters, tables[0].ParametersUnshared));
        Assert.Equal(["anchor item", "candidate", "history", "item tower's id"], tables[1].Uses);
        Assert.Equal((8000, 32_000), (tables[1].Parameters, tables[1].ParametersUnshared));
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Counts())), new Catalog(["a"], []), TestShop.End).Fit();
        Assert.Contains("all: 8040 parameters instead of 32040 (25.1 %)", FeatureReport.Create(fitted, new Catalog(["a"], [])).WithTables(tables).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalog_of_another_fit_is_refused()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        Assert.Contains("fitted to 40 items; the catalog has 12", Assert.Throws<ArgumentException>(() => FeatureReport.Create(fitted, new TestShop(1, items: 12).Catalog)).Message, StringComparison.Ordinal);
    }

    private static XElement Page(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        return XElement.Parse(html[html.IndexOf('\n', StringComparison.Ordinal)..]);
    }

    private static FeatureReport ReportOf(NumberFeature feature, params float[] numbers)
    {
        var catalog = Numbers.NumberFit.Items(numbers);
        using var fitted = Numbers.NumberFit.Of(feature, catalog);
        return FeatureReport.Create(fitted, catalog);
    }

    private static IReadOnlyList<ReportedColumn> Reported(NumberFeature feature, params float[] numbers) => ReportOf(feature, numbers).Columns;
}
