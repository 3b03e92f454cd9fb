using LineRec.Features;
using LineRec.TinyShop;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What docs/features.md shows.</summary>
[Collection(nameof(ShopFolder))]
public class FeatureSnippets
{
    private static readonly Catalog Shop = TinyCatalog.Create();
    private static readonly DateTimeOffset AsOf = TinyCatalog.Now;

    [Fact]
    public void Numbers_and_texts_of_many_kinds()
    {
        var catalog = new Catalog(Shop.Ids.ToArray(),
        [
            .. Shop.Columns,
            TextColumn.Encode("size", [.. Enumerable.Range(0, Shop.Count).Select(r => "S M L XL".Split(' ')[r % 4])]), TextColumn.Encode("colours", [.. Enumerable.Range(0, Shop.Count).Select(r => r % 2 == 0 ? "red:0.7|blue:0.3" : "green")]),
        ]);

        #region features-kinds
        var spec = FeatureSpec.Create(s => s
            .User(u => u.HourOfDay(TimeSpan.FromHours(8)).DayOfWeek(TimeSpan.FromHours(8)))     // the shop's clock
            .Item(i => i
                .Number("price", new YeoJohnsonTransform()).Buckets("price", 10, 20, 40)
                .Add(new NumberFeature { Column = "stock", Missing = MissingNumber.Constant, MissingConstant = 0, Transform = new MinMaxTransform() })
                .Ordinal("size", "S", "M", "L", "XL").Frequency("brand").Hash("brand", buckets: 64, hashes: 2)
                .MultiHot("category", separator: "/").WeightedBag("colours").TargetCtr("brand")
                .WilsonRate(EventType.Click, EventType.Impression, z: 1.645, upper: true)));

        string json = spec.ToJson();                        // and FeatureSpec.FromJson(json)
        #endregion

        using var fitted = new FeatureFitter(spec, catalog, AsOf).Fit();
        Assert.Equal(json, FeatureSpec.FromJson(json).ToJson());
        Assert.Contains("size_ordinal", fitted.ItemColumns.Select(c => c.Name));
    }

    [Fact]
    public void A_fit_in_parts()
    {
        var spec = FeatureSpec.Create(s => s.Item(i => i.Counts().Repeats()));
        var events = TinyCatalog.CreateEvents();
        InteractionTable monday = events.Before(AsOf.AddDays(-18)), tuesday = events.Where(AsOf.AddDays(-18), AsOf);
        var catalog = Shop;
        var asOf = AsOf;

        #region features-merge
        var here = new FeatureFitter(spec, catalog, asOf);
        here.Add(monday);

        var elsewhere = new FeatureFitter(spec, catalog, asOf);             // another machine, the same spec, catalog and instant
        elsewhere.Add(tuesday);
        elsewhere.SaveState("tuesday.counts");

        here.MergeState("tuesday.counts");
        using var fitted = here.Fit();                                      // the fit of both days, bit for bit
        #endregion

        var whole = new FeatureFitter(spec, catalog, asOf);
        whole.Add(events);
        using var expected = whole.Fit();
        Assert.Equal(expected.Fingerprint, fitted.Fingerprint);
    }

    [Fact]
    public void Folds_new_items_and_a_report()
    {
        var catalog = Shop;
        var spec = FeatureSpec.Create(s => s.Item(i => i.TargetCtr("brand").Counts()));
        var fitter = new FeatureFitter(spec, catalog, AsOf);
        fitter.Add(TinyCatalog.CreateEvents());
        const int user = 7;
        var catalogOfToday = new Catalog(["brand-new", .. catalog.Ids], [TextColumn.Encode("brand", ["brand-1", .. Enumerable.Range(0, catalog.Count).Select(r => catalog.Brand![r])])]);
        using var fittedOfLastWeek = new FeatureFitter(spec, catalog, AsOf.AddDays(-7)).Fit();

        #region features-folds
        using var folded = fitter.FitFolds();
        var state = folded.Folds[TargetRateFeature.FoldOf(user, 5)];        // encodes the training examples of this user
        folded.Whole.Save(".");                                             // serves
        #endregion

        #region features-new-items
        using var withNewItems = folded.Whole.ForCatalog(catalog, catalogOfToday);
        #endregion

        #region features-report
        var report = FeatureReport.Create(folded.Whole, catalog)
            .ComparedWith(FeatureReport.Create(fittedOfLastWeek, catalog));
        File.WriteAllText("features.html", report.ToHtml());
        Console.WriteLine(report.ToText());
        #endregion

        Assert.True(folded.Whole.Accepts(state.Fingerprint));
        Assert.Equal(catalog.Count + 1, withNewItems.ItemCount);
        Assert.Contains("click_count", report.ToText(), StringComparison.Ordinal);
    }
}
