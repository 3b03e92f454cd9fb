namespace LineRec.Features.Tests.Fitting;

public class FeatureFitterTests
{
    private static readonly DateTimeOffset T0 = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Catalog TwoItems = new(["a", "b"], [new NumberColumn("weight", [3f, 3f])]);

    [Fact]
    public void Numbers_are_scaled_to_mean_0_and_deviation_1()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        for (int c = 0; c < fitted.ItemColumns.Count; c++)
        {
            if (fitted.ItemColumns[c] is { Mean: 0f, Deviation: 1f }) continue; // flags
            double[] values = [.. Enumerable.Range(0, shop.Catalog.Count).Select(row => (double)fitted.Items[row][c])];
            Assert.Equal(0, values.Average(), 3);
            if (!fitted.ItemColumns[c].Name.StartsWith("weight", StringComparison.Ordinal) && !fitted.ItemColumns[c].Name.Contains("price", StringComparison.Ordinal) && !fitted.ItemColumns[c].Name.Contains("gap", StringComparison.Ordinal)
                && fitted.ItemColumns[c].Name is not "brand_frequency" and not "category_ordinal")
                Assert.Equal(1, values.Average(v => v * v), 3);
        }
    }

    [Fact]
    public void A_constant_column_is_zero()
    {
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Number("weight"))), TwoItems, T0).Fit();
        Assert.Equal([0f, 0f], fitted.Items[0].ToArray());
        Assert.Equal(1f, fitted.ItemColumns[0].Deviation);
    }

    [Fact]
    public void Without_impressions_a_rate_is_the_same_for_all_and_zero()
    {
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.WilsonCtr())), TwoItems, T0).Fit();
        Assert.Equal([0f, 0f], fitted.Items[1].ToArray());
        Assert.Equal([0f, 0.5f], fitted.ItemColumns.Select(c => c.Mean));
    }

    [Fact]
    public void A_rate_takes_few_trials_for_less()
    {
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.WilsonCtr())), TwoItems, T0);
        long time = T0.AddDays(-1).ToUnixTimeMilliseconds();
        void Add(int row, EventType type, int times)
        {
            for (int i = 0; i < times; i++) fitter.Add([0], [row], [type], [time]);
        }

        Add(0, EventType.Impression, 100);
        Add(0, EventType.Click, 50);
        Add(1, EventType.Impression, 2);
        Add(1, EventType.Click, 1);
        using var fitted = fitter.Fit();
        Assert.True(fitted.Items[0][0] > fitted.Items[1][0]);
    }

    [Fact]
    public void Recent_windows_end_at_the_instant_of_the_fit_and_later_events_are_left_out()
    {
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Counts(EventType.Click).Add(new RecentCountsFeature { Types = [EventType.Click], Days = [1, 7] }))), TwoItems, T0);
        long At(double days) => T0.AddDays(days).ToUnixTimeMilliseconds();
        fitter.Add([0, 0, 0, 0, 0], [0, 0, 0, 0, -1], [EventType.Click, EventType.Click, EventType.Click, EventType.Click, EventType.Click], [At(-30), At(-3), At(-1), At(0), At(-1)]);
        using var fitted = fitter.Fit();
        Assert.Equal((3, 1), (fitter.EventCount, fitter.LaterCount));
        // Item b has no event: the scale's mean is half of item a's log count.
        float Raw(string name) => 2f * fitted.ItemColumns.Single(c => c.Name == name).Mean;
        Assert.Equal(MathF.Log(4f), Raw("click_count"), 5);
        Assert.Equal(MathF.Log(2f), Raw("click_1d"), 5);
        Assert.Equal(MathF.Log(3f), Raw("click_7d"), 5);
    }

    [Fact]
    public void Batches_of_any_size_and_a_table_give_the_same_fit()
    {
        var shop = new TestShop(1);
        var random = new Random(5);
        const int Users = 8, Each = 50;
        int[] rows = [.. Enumerable.Range(0, Users * Each).Select(_ => random.Next(shop.Catalog.Count))];
        EventType[] types = [.. rows.Select(_ => (EventType)random.Next(5))];
        long[] times = [.. rows.Select((_, i) => TestShop.Start.AddDays(i % Each).ToUnixTimeMilliseconds())];
        int[] users = [.. rows.Select((_, i) => i / Each)];
        var whole = new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End);
        whole.Add(users, rows, types, times);
        var batches = new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End);
        for (int i = 0; i < rows.Length; i += 33)
        {
            var part = i..Math.Min(rows.Length, i + 33);
            batches.Add(users[part], rows[part], types[part], times[part]);
        }

        var table = new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End);
        table.Add(new InteractionTable([.. Enumerable.Range(0, Users).Select(u => $"u{u}")], [.. Enumerable.Range(0, Users + 1).Select(u => u * Each)], rows, types, times));
        Assert.Equal(whole.Fit().Fingerprint, batches.Fit().Fingerprint);
        Assert.Equal(whole.Fit().Fingerprint, table.Fit().Fingerprint);
        Assert.NotEqual(whole.Fit().Fingerprint, new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End).Fit().Fingerprint);
    }

    [Fact]
    public void Users_and_repeats_are_counted_once_a_pair_and_day()
    {
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Add(new RepeatFeature { PriorUsers = 0f }))), TwoItems, T0);
        long At(double days) => T0.AddDays(days).ToUnixTimeMilliseconds();
        EventType[] bought = [EventType.Purchase, EventType.Purchase, EventType.Purchase, EventType.Purchase];
        fitter.Add([1, 1, 1, 2], [0, 0, 0, 0], bought, [At(-20), At(-20), At(-12), At(-5)]);
        using var fitted = fitter.Fit();
        float Raw(string name) => 2f * fitted.ItemColumns.Single(c => c.Name == name).Mean;
        Assert.Equal(MathF.Log(3f), Raw("purchase_users"), 5);
        Assert.Equal(0.5f, fitted.ItemColumns.Single(c => c.Name == "purchase_repeat_rate").Mean, 5); // one of two users; item b, never bought, has the shop's mean
        Assert.Equal(MathF.Log(9f), fitted.ItemColumns.Single(c => c.Name == "purchase_gap_log_days").Mean, 5);
        Assert.Equal([0f, 1f], Enumerable.Range(0, 2).Select(row => fitted.Items[row][^1]));
    }

    [Fact]
    public void Bad_batches_are_refused_by_name()
    {
        var fitter = new FeatureFitter(TestShop.Everything, new TestShop(1).Catalog, T0);
        Assert.Contains("catalog row 40", Assert.Throws<ArgumentException>(() => fitter.Add([0], [40], [EventType.Click], [0])).Message, StringComparison.Ordinal);
        Assert.Contains("type 9", Assert.Throws<ArgumentException>(() => fitter.Add([0], [0], [(EventType)9], [0])).Message, StringComparison.Ordinal);
        Assert.Contains("equal length", Assert.Throws<ArgumentException>(() => fitter.Add([0], [0, 1], [EventType.Click], [0])).Message, StringComparison.Ordinal);
    }
}
