namespace LineRec.Features.Tests.Item;

public class RateFeatureTests
{
    private static readonly TargetRateFeature Target = new() { Column = "x", PriorTrials = 4 };

    [Fact]
    public void A_target_rate_is_that_of_all_items_with_the_value_drawn_towards_the_whole()
    {
        using var fitted = TextFit.Of(Target, TextFit.Items("a", "a", "b", null, "c"), fitter =>
        {
            fitter.Count(1, 0, EventType.Impression, 8);
            fitter.Count(1, 0, EventType.Click, 1);
            fitter.Count(2, 1, EventType.Impression, 8);
            fitter.Count(2, 1, EventType.Click, 3);
            fitter.Count(3, 2, EventType.Impression, 2);
            fitter.Count(3, 2, EventType.Click, 5); // more clicks than impressions count as 2
            fitter.Count(3, 3, EventType.Impression, 2);
        });
        Assert.Equal(["x_click_per_impression"], fitted.Names());
        // The whole log: 9 clicks of 20 impressions.
        TextFit.AssertClose([(4f + 1.8f) / 20f, (4f + 1.8f) / 20f, (2f + 1.8f) / 6f, 0.45f, 0.45f], fitted.Raw(0));
        Assert.Equal([0.45], fitted.ItemColumns[0].Parameters);
    }

    [Fact]
    public void Later_items_have_their_values_rate_and_an_unseen_value_the_whole_logs()
    {
        var catalog = TextFit.Items("a", "b");
        using var fitted = TextFit.Of(Target, catalog, fitter =>
        {
            fitter.Count(1, 0, EventType.Impression, 10);
            fitter.Count(1, 0, EventType.Click, 5);
            fitter.Count(1, 1, EventType.Impression, 10);
        });
        using var applied = fitted.ForCatalog(catalog, TextFit.Items("new", "b", "a"));
        Assert.Equal(fitted.Row(1), applied.Row(1));
        Assert.Equal(fitted.Row(0), applied.Row(2));
        TextFit.AssertClose([0.25f, 1f / 14f, 6f / 14f], applied.Raw(0));
    }

    /// <summary>The definition, by brute force: fold k has the rates of a log without the users of fold k.</summary>
    [Fact]
    public void A_fold_has_the_rates_of_all_other_users()
    {
        var catalog = TextFit.Items("a", "b", "a", "c", null);
        var random = new Random(11);
        var log = Enumerable.Range(0, 2000).Select(_ => (User: random.Next(50), Row: random.Next(5), Type: random.Next(4) == 0 ? EventType.Click : EventType.Impression)).ToArray();
        var fitter = Fitter(catalog);
        foreach (var (user, row, type) in log) fitter.Count(user, row, type, 1);
        using var folded = fitter.FitFolds();
        Assert.Equal(3, folded.Folds.Count);
        for (int fold = 0; fold < 3; fold++)
        {
            var without = Fitter(catalog);
            foreach (var (user, row, type) in log.Where(e => TargetRateFeature.FoldOf(e.User, 3) != fold)) without.Count(user, row, type, 1);
            using var expected = without.Fit();
            Assert.Equal(expected.ItemColumns[0].Values, folded.Folds[fold].ItemColumns[0].Values);
            Assert.Equal(folded.Whole.ItemColumns[0].Mean, folded.Folds[fold].ItemColumns[0].Mean);
            TextFit.AssertClose(expected.Raw(0), folded.Folds[fold].Raw(0));
            Assert.True(folded.Whole.Accepts(folded.Folds[fold].Fingerprint));
            Assert.False(folded.Folds[fold].Accepts(folded.Whole.Fingerprint));
        }

        using var plain = fitter.Fit();
        Assert.Equal(plain.Row(0), folded.Whole.Row(0));

        static FeatureFitter Fitter(Catalog catalog) => new(FeatureSpec.Create(s => s.Item(i => i.Add(new TargetRateFeature { Column = "x", Folds = 3 }).Counts())), catalog, TextFit.AsOf);
    }

    /// <summary>
    /// Each value is seen by one user, and labels are coin tosses: with its own label in the feature, a click is told from none; out of fold it isn't.
    /// </summary>
    [Fact]
    public void Out_of_fold_a_users_own_labels_cannot_be_read_off()
    {
        const int Items = 400;
        var catalog = TextFit.Items([.. Enumerable.Range(0, Items).Select(i => $"v{i}")]);
        var random = new Random(5);
        bool[] clicked = [.. Enumerable.Range(0, Items).Select(_ => random.Next(2) == 0)];
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Add(Target))), catalog, TextFit.AsOf);
        for (int i = 0; i < Items; i++)
        {
            fitter.Count(i, i, EventType.Impression, 1);
            if (clicked[i]) fitter.Count(i, i, EventType.Click, 1);
        }

        using var folded = fitter.FitFolds();
        float[] leaking = folded.Whole.Raw(0);
        float[] honest = [.. Enumerable.Range(0, Items).Select(i => folded.Folds[TargetRateFeature.FoldOf(i, 5)].Raw(0)[i])];
        Assert.True(Enumerable.Range(0, Items).Where(i => clicked[i]).Min(i => leaking[i]) > Enumerable.Range(0, Items).Where(i => !clicked[i]).Max(i => leaking[i]));
        Assert.True(honest.Distinct().Count() <= 5); // the rate of the whole of each fold's complement, and nothing of the item
    }

    [Fact]
    public void Folds_divide_users_evenly_and_for_good()
    {
        int[] sizes = new int[5];
        for (int user = 0; user < 100_000; user++) sizes[TargetRateFeature.FoldOf(user, 5)]++;
        Assert.All(sizes, size => Assert.InRange(size, 19_500, 20_500));
        // MurmurHash3's finaliser makes 0, 0x514E28B7 and 0x81F16F39 of these; saved states rely on it.
        Assert.Equal([0, 2, 3], new[] { 0, 1, -1 }.Select(user => TargetRateFeature.FoldOf(user, 5)));
    }

    [Fact]
    public void Folds_without_a_target_or_of_several_sizes_are_refused()
    {
        var catalog = TextFit.Items("a");
        Assert.Contains("have none", Assert.Throws<ArgumentException>(() => new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Counts())), catalog, TextFit.AsOf).FitFolds()).Message, StringComparison.Ordinal);
        var two = FeatureSpec.Create(s => s.Item(i => i.Add(Target).Add(Target with { Success = EventType.Purchase, Folds = 3 })));
        Assert.Contains("have 5 and 3", Assert.Throws<ArgumentException>(() => new FeatureFitter(two, catalog, TextFit.AsOf).FitFolds()).Message, StringComparison.Ordinal);
        Assert.Contains("Folds of column 'x' is 1", Assert.Throws<ArgumentException>(() => TextFit.Of(Target with { Folds = 1 }, catalog)).Message, StringComparison.Ordinal);
        Assert.Contains("PriorTrials of column 'x' is -1", Assert.Throws<ArgumentException>(() => TextFit.Of(Target with { PriorTrials = -1 }, catalog)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wilson_ends_follow_the_confidence_and_the_upper_end_is_optimistic()
    {
        using var fitted = TextFit.Of(new WilsonRateFeature { Z = 1.6448536269514722, Upper = true }, TextFit.Items("a", "b"), fitter =>
        {
            fitter.Count(1, 0, EventType.Impression, 10);
            fitter.Count(1, 0, EventType.Click, 5);
        });
        Assert.Equal(["click_per_impression_lower", "click_per_impression_centre", "click_per_impression_upper"], fitted.Names());
        // z² = 2.705543; 0.5 ± z √(0.025 + z²/400) / (1 + z²/10) = 0.5 ± 0.230728
        TextFit.AssertClose([0.269272f, 0f], fitted.Raw(0));
        TextFit.AssertClose([0.5f, 0.5f], fitted.Raw(1));
        TextFit.AssertClose([0.730728f, 1f], fitted.Raw(2));
        Assert.Contains("Z is 0", Assert.Throws<ArgumentException>(() => TextFit.Of(new WilsonRateFeature { Z = 0 }, TextFit.Items("a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_may_be_ranked_instead_of_logged()
    {
        using var fitted = TextFit.Of(new CountsFeature { Types = [EventType.Click, EventType.Cart], Transform = new QuantileTransform() }, TextFit.Items("a", "b", "c"), fitter =>
        {
            fitter.Count(1, 0, EventType.Click, 500);
            fitter.Count(1, 1, EventType.Click, 3);
            fitter.Count(1, 2, EventType.Cart, 1);
        });
        Assert.Equal(["click_count_quantile", "cart_count_quantile"], fitted.Names());
        Assert.Equal([1f, 0.5f, 0f], Enumerable.Range(0, 3).Select(row => fitted.Items[row][0]));
    }

    [Fact]
    public void A_catalog_with_new_items_keeps_the_known_ones_counts()
    {
        var catalog = TextFit.Items("a", "b");
        var spec = FeatureSpec.Create(s => s.Item(i => i.Counts(EventType.Purchase).Repeats().OneHot("x").WilsonCtr().RecentCounts()));
        var fitter = new FeatureFitter(spec, catalog, TextFit.AsOf);
        fitter.Count(1, 1, EventType.Purchase, 3);
        using var fitted = fitter.Fit();
        using var applied = fitted.ForCatalog(catalog, new Catalog(["a-new", "i0000001"], [TextColumn.Encode("x", ["a", "b"])]));
        Assert.Equal(fitted.Row(1), applied.Row(1));
        Assert.Equal(fitted.Row(0), applied.Row(0)); // no event and the same value as the new one
    }
}
