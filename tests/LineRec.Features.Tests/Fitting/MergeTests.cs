using CsCheck;

namespace LineRec.Features.Tests.Fitting;

public sealed class MergeTests : IDisposable
{
    private static readonly FeatureSpec Spec = FeatureSpec.Create(s => s.Item(i => i
        .Counts(EventType.Click, EventType.Impression).RecentCounts().WilsonCtr().Repeats().Repeats(EventType.Click).TargetCtr("category")
        .Add(new TargetRateFeature { Column = "brand", Success = EventType.Purchase, Trial = EventType.Click, Folds = 5 })
        .Add(new CountsFeature { Types = [EventType.Cart], Transform = new YeoJohnsonTransform() }).Number("price", new QuantileTransform()).Frequency("brand")));

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-merge").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_fit_of_parts_merged_is_the_fit_of_the_whole_bit_for_bit()
    {
        var shop = new TestShop(1);
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 6], Gen.Int[0, 400]).Sample((seed, parts, count) =>
        {
            var random = new Random(seed);
            var log = Log(random, count);
            var whole = new FeatureFitter(Spec, shop.Catalog, TestShop.End);
            foreach (var e in log) Add(whole, e);
            FeatureFitter[] fitters = [.. Enumerable.Range(0, parts).Select(_ => new FeatureFitter(Spec, shop.Catalog, TestShop.End))];
            random.Shuffle(log); // parts hold whatever events, in whatever order
            foreach (var e in log) Add(fitters[random.Next(parts)], e);
            random.Shuffle(fitters);
            for (int i = 1; i < parts; i++)
            {
                if (random.Next(2) == 0)
                {
                    fitters[0].Merge(fitters[i]);
                    continue;
                }

                string path = Path.Combine(_folder, "part");
                fitters[i].SaveState(path);
                fitters[0].MergeState(path);
            }

            Assert.Equal((whole.EventCount, whole.LaterCount), (fitters[0].EventCount, fitters[0].LaterCount));
            using FoldedFeatures expected = whole.FitFolds(), merged = fitters[0].FitFolds();
            Assert.Equal(expected.Whole.Fingerprint, merged.Whole.Fingerprint);
            Assert.Equal(expected.Folds.Select(f => f.Fingerprint), merged.Folds.Select(f => f.Fingerprint));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void Equal_counts_are_saved_as_equal_bytes_and_go_on_being_counted()
    {
        var shop = new TestShop(1);
        var log = Log(new Random(2), 500);
        FeatureFitter first = new(Spec, shop.Catalog, TestShop.End), second = new(Spec, shop.Catalog, TestShop.End), resumed = new(Spec, shop.Catalog, TestShop.End);
        foreach (var e in log) Add(first, e);
        foreach (var e in log.Reverse()) Add(second, e);
        first.SaveState(Path.Combine(_folder, "first"));
        second.SaveState(Path.Combine(_folder, "second"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "first")), File.ReadAllBytes(Path.Combine(_folder, "second")));
        resumed.MergeState(Path.Combine(_folder, "first"));
        _ = resumed.Fit(); // a fit in between changes nothing
        foreach (var e in Log(new Random(3), 100))
        {
            Add(resumed, e);
            Add(first, e);
        }

        Assert.Equal(first.Fit().Fingerprint, resumed.Fit().Fingerprint);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    /// <summary>Whatever happens at or after the instant of the fit, no bit of the fit or of an encoding knows of it.</summary>
    [Fact]
    public void The_future_changes_nothing()
    {
        var shop = new TestShop(1);
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var random = new Random(seed);
            FeatureFitter clean = new(Spec, shop.Catalog, TestShop.End), poisoned = new(Spec, shop.Catalog, TestShop.End);
            foreach (var e in Log(random, 200))
            {
                Add(clean, e);
                Add(poisoned, e);
                for (int i = random.Next(3); i > 0; i--) Add(poisoned, (random.Next(20), random.Next(shop.Catalog.Count), (EventType)random.Next(5), TestShop.End.ToUnixTimeMilliseconds() + (random.Next(3) * random.NextInt64(1L << 40))));
            }

            Assert.True(poisoned.LaterCount > clean.LaterCount);
            using FoldedFeatures expected = clean.FitFolds(), actual = poisoned.FitFolds();
            Assert.Equal(expected.Whole.Fingerprint, actual.Whole.Fingerprint);
            Assert.Equal(expected.Folds.Select(f => f.Fingerprint), actual.Folds.Select(f => f.Fingerprint));
            using FeatureEncoder before = shop.Encoder(expected.Whole), after = shop.Encoder(actual.Whole);
            for (int row = 0; row < shop.Catalog.Count; row++) Assert.Equal(before.ItemBlock[row].ToArray(), after.ItemBlock[row].ToArray());
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void The_last_millisecond_before_the_instant_counts()
    {
        var shop = new TestShop(1);
        FeatureFitter empty = new(Spec, shop.Catalog, TestShop.End), one = new(Spec, shop.Catalog, TestShop.End);
        Add(one, (1, 2, EventType.Click, TestShop.End.ToUnixTimeMilliseconds() - 1));
        Assert.Equal((1, 0), (one.EventCount, one.LaterCount));
        Assert.NotEqual(empty.Fit().Fingerprint, one.Fit().Fingerprint);
    }

    [Fact]
    public void Parts_of_another_spec_catalog_or_instant_and_the_fitter_itself_are_refused()
    {
        var shop = new TestShop(1);
        var fitter = new FeatureFitter(Spec, shop.Catalog, TestShop.End);
        string Refusal(FeatureFitter other)
        {
            other.SaveState(Path.Combine(_folder, "other"));
            Assert.Throws<ArgumentException>(() => fitter.MergeState(Path.Combine(_folder, "other")));
            return Assert.Throws<ArgumentException>(() => fitter.Merge(other)).Message;
        }

        Assert.Contains("another spec", Refusal(new FeatureFitter(TestShop.Everything, shop.Catalog, TestShop.End)), StringComparison.Ordinal);
        Assert.Contains("another catalog", Refusal(new FeatureFitter(Spec, new TestShop(1, items: 41).Catalog, TestShop.End)), StringComparison.Ordinal);
        Assert.Contains("another instant", Refusal(new FeatureFitter(Spec, shop.Catalog, TestShop.End.AddDays(1))), StringComparison.Ordinal);
        Assert.Contains("with itself", Assert.Throws<ArgumentException>(() => fitter.Merge(fitter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_state_adds_nothing()
    {
        var shop = new TestShop(1);
        FeatureFitter part = new(Spec, shop.Catalog, TestShop.End), fitter = new(Spec, shop.Catalog, TestShop.End);
        foreach (var e in Log(new Random(1), 300)) Add(part, e);
        string path = Path.Combine(_folder, "part");
        part.SaveState(path);
        byte[] whole = File.ReadAllBytes(path);
        string before = fitter.Fit().Fingerprint;
        var random = new Random(4);
        for (int i = 0; i < 50; i++)
        {
            byte[] bytes = [.. whole];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, i % 2 == 0 ? bytes : whole[..random.Next(whole.Length)]);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => fitter.MergeState(path)).Message, StringComparison.Ordinal);
        }

        Assert.Equal((0L, before), (fitter.EventCount, fitter.Fit().Fingerprint));
    }

    /// <summary>States wait in files for their merge: what an earlier version wrote is read, with the same meaning.</summary>
    [Fact]
    public void A_state_of_format_1_still_merges()
    {
        var shop = new TestShop(1);
        var spec = FeatureSpec.Create(s => s.Item(i => i.Counts().Repeats().TargetCtr("brand")));
        FeatureFitter counted = new(spec, shop.Catalog, TestShop.End), merged = new(spec, shop.Catalog, TestShop.End);
        foreach (var e in Log(new Random(7), 200)) Add(counted, e);
        merged.MergeState(Path.Combine(AppContext.BaseDirectory, "Fitting", "Formats", "fitter-1", "counts.bin"));
        Assert.Equal(counted.EventCount, merged.EventCount);
        Assert.Equal(counted.Fit().Fingerprint, merged.Fit().Fingerprint);
    }

    [Fact]
    public void Days_of_a_pair_are_counted_in_any_order()
    {
        var catalog = new Catalog(["a"], []);
        string Fit(params int[] days)
        {
            var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Repeats())), catalog, TestShop.End);
            foreach (int day in days) fitter.Add([1], [0], [EventType.Purchase], [TestShop.Start.AddDays(day).ToUnixTimeMilliseconds()]);
            // One item: every mean is its own value.
            return string.Join(' ', fitter.Fit().ItemColumns.Select(c => MathF.Round(c.Mean, 4).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        // log 2 users, all of them repeat, 3 gaps over 9 days: log 4.
        Assert.Equal("0.6931 1 1.3863 0", Fit(1, 10, 4, 4, 1, 7, 10));
        Assert.Equal(Fit(1, 4, 7, 10), Fit(10, 7, 4, 1));
    }

    private static (int User, int Row, EventType Type, long Time)[] Log(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.Next(20), random.Next(TestShop.ItemCount), (EventType)random.Next(5), TestShop.Start.AddHours(random.Next(61 * 24)).ToUnixTimeMilliseconds()))];

    private static void Add(FeatureFitter fitter, (int User, int Row, EventType Type, long Time) e) => fitter.Add([e.User], [e.Row], [e.Type], [e.Time]);
}
