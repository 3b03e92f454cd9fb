namespace LineRec.Training.Tests;

public sealed class ImpressionNegativeTests
{
    private const int Items = 40;
    private const long Minute = 60_000;
    private static readonly TwoTowerOptions Quick = new() { Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 4, RetrainOnAll = false, UniformNegatives = 40 };

    // Chooses 1, then is shown a list and chooses 3 of it; 4 of that list is bought much later.
    private static readonly InteractionTable Log = TasteLog.Single(
        (1, EventType.Click, 0), (20, EventType.Impression, 0), (9, EventType.Impression, 100 * Minute), (1, EventType.Impression, 200 * Minute), (2, EventType.Impression, 200 * Minute),
        (3, EventType.Impression, 200 * Minute), (4, EventType.Impression, 200 * Minute), (5, EventType.Impression, 200 * Minute), (2, EventType.Impression, 201 * Minute),
        (3, EventType.Click, 201 * Minute), (6, EventType.Impression, 201 * Minute), (7, EventType.Impression, (201 * Minute) + 1), (4, EventType.Purchase, 900 * Minute));

    [Fact]
    public void They_are_what_was_shown_shortly_before_a_choice_and_never_chosen()
    {
        var events = Log.Without(EventType.Impression);
        PassedOverItems Shown(long to, int minutes) => new(Log, new ChosenItems(events, to), TimeSpan.FromMinutes(minutes));
        Assert.Equal([6, 2, 5], Shown(long.MaxValue, 30).At(0, 201 * Minute));
        Assert.Equal([6, 2, 5, 4], Shown(800 * Minute, 30).At(0, 201 * Minute)); // that 4 will be chosen isn't known yet
        Assert.Equal([6, 2], Shown(long.MaxValue, 0).At(0, 201 * Minute));
        Assert.Equal([6, 2, 5, 9], Shown(long.MaxValue, 101).At(0, 201 * Minute));
        Assert.Equal([20], Shown(long.MaxValue, 30).At(0, 0));
        Assert.Empty(Shown(long.MaxValue, 30).At(0, 900 * Minute));
    }

    [Theory]
    [InlineData(LogQCorrection.Counted)]
    [InlineData(LogQCorrection.None)]
    public void Those_that_are_drawn_count_for_all_shown_ones_which_are_masked_among_the_shared_ones(LogQCorrection logQ)
    {
        var options = new TwoTowerOptions { UniformNegatives = 25, LogQ = logQ, ImpressionNegatives = new ImpressionNegativeOptions { Count = 3, Weight = 2 } };
        var (batch, examples, passedOver) = Fill(options, new Random(4));
        var masked = batch.Masked.ToHashSet();
        bool fewer = false;
        for (int e = 0; e < batch.Count; e++)
        {
            int[] window = [.. passedOver.At(examples.Users[e], batch.Times[e]).Order()];
            int drawn = Math.Min(3, window.Length);
            fewer |= drawn < window.Length;
            int[] own = [.. Enumerable.Range(0, 3).Where(i => !Masked(e, batch.Candidates.Count + i)).Select(i => batch.Own!.Items[(int)batch.Own.Places[(e * 3) + i]])];
            Assert.Equal(drawn, own.Distinct().Count());
            Assert.Equal(drawn, own.Length);
            Assert.All(own, item => Assert.Contains(item, window));
            Assert.Equal(logQ == LogQCorrection.None || drawn == 0 ? 0 : Math.Log(drawn / (2.0 * window.Length)), batch.Own!.LogExpected[e], 1e-6);
            int[] positives = examples.Items[examples.Offsets[e]..examples.Offsets[e + 1]];
            for (int c = 0; c < batch.Candidates.Count; c++) Assert.Equal(window.Contains(batch.Candidates[c]) || positives.Contains(batch.Candidates[c]), Masked(e, c));
        }

        Assert.True(fewer);
        bool Masked(int example, int column) => masked.Contains(((long)example * batch.Columns) + column);
    }

    [Fact]
    public void A_sum_over_the_negatives_estimates_the_one_over_all_items_in_which_shown_ones_have_their_weight()
    {
        const int draws = 2000;
        var options = new TwoTowerOptions { UniformNegatives = 12, InBatchNegatives = false, ImpressionNegatives = new ImpressionNegativeOptions { Count = 3, Weight = 2 } };
        var random = new Random(4);
        var sampler = new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2));
        var (batch, examples, passedOver) = Fill(options, random, sampler);
        double[] sums = new double[batch.Count];
        for (int draw = 0; draw < draws; draw++)
        {
            (batch, _, _) = Fill(options, random, sampler);
            NegativeSums.Add(sums, batch, draws);
        }

        for (int e = 0; e < sums.Length; e++)
        {
            int[] positives = examples.Items[examples.Offsets[e]..examples.Offsets[e + 1]];
            double all = Enumerable.Range(0, Items).Except(positives).Sum() + passedOver.At(examples.Users[e], batch.Times[e]).Sum();
            Assert.InRange(sums[e], all * 0.96, all * 1.04);
        }
    }

    [Fact]
    public void Alone_they_leave_no_other_negatives_and_examples_without_them_out()
    {
        var options = new TwoTowerOptions { UniformNegatives = 12, ImpressionNegatives = new ImpressionNegativeOptions { Only = true } };
        var run = new TwoTowerRun(options, Log, new ItemInputs(TasteLog.Catalog(Items), null, options, null), null, TimeProvider.System, null, null, default);
        var kept = run.Examples(long.MinValue, long.MaxValue);
        Assert.Equal([3], kept.Items); // of the choices of 3 and 4, which have a history
        Assert.Equal([4, 3], new TwoTowerRun(options with { ImpressionNegatives = new() }, Log, run.Inputs, null, TimeProvider.System, null, null, default).Examples(long.MinValue, long.MaxValue).Items);
        var batch = new TwoTowerBatch(run.Events, options, kept, new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2)), Items);
        batch.Fill(kept, [0]);
        new ImpressionNegatives(new PassedOverItems(Log, new ChosenItems(run.Events, long.MaxValue), options.ImpressionNegatives.Within), new Random(1)).Add(batch);
        Assert.Empty(batch.Candidates);
        Assert.Equal([2, 5, 6], Enumerable.Range(0, 3).Select(i => batch.Own!.Items[(int)batch.Own.Places[i]]).Order());
        Assert.Equal(Enumerable.Range(3, 13).Select(i => (long)i), batch.Masked.Order());
    }

    [Theory]
    [InlineData(false, TwoTowerLoss.SampledSoftmax)]
    [InlineData(true, TwoTowerLoss.SampledSoftmax)]
    [InlineData(false, TwoTowerLoss.CosineContrastive)]
    public void Training_with_lists_of_any_items_finds_the_taste_of_users_and_is_the_same_again(bool only, TwoTowerLoss loss)
    {
        var options = Quick with { Loss = loss, ImpressionNegatives = new ImpressionNegativeOptions { Only = only } };
        var log = TasteLog.WithLists(TasteLog.Events(), shown: 10);
        using var first = new TwoTowerTrainer(options).Train(log, TasteLog.Catalog());
        using var second = new TwoTowerTrainer(options).Train(log, TasteLog.Catalog());
        using var without = new TwoTowerTrainer(options with { ImpressionNegatives = null }).Train(log, TasteLog.Catalog());
        Assert.InRange(first.Report.ValidationRecall, 0.75, 1); // 20 items of a group are 90 % of what a user takes
        Assert.True(first.Report.Epochs[^1].Loss < first.Report.Epochs[0].Loss);
        Assert.Equal(first.ItemTable.Slice(0, 160).ToArray(), second.ItemTable.Slice(0, 160).ToArray());
        Assert.NotEqual(first.ItemTable.Slice(0, 160).ToArray(), without.ItemTable.Slice(0, 160).ToArray());
    }

    [Fact]
    public void An_item_that_was_only_shown_is_learnt_where_it_is_a_negative()
    {
        var catalog = TasteLog.Catalog(items: 168); // events end at item 159, lists at item 167
        var log = TasteLog.WithLists(TasteLog.Events(), shown: 10, items: 168);
        using var with = new TwoTowerTrainer(Quick with { ImpressionNegatives = new() }).Train(log, catalog);
        using var without = new TwoTowerTrainer(Quick).Train(log, catalog);
        Assert.Contains(with.ItemTable[165].ToArray(), v => v != 0f);
        Assert.All(without.ItemTable[165].ToArray(), v => Assert.Equal(0f, v));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Impressions_change_nothing_where_they_are_no_negatives(bool excludeRepeats)
    {
        var options = Quick with { Epochs = 2, ExcludeRepeats = excludeRepeats, HardNegatives = new HardNegativeOptions { Count = 4, Skip = 20, Window = 40, RefreshSteps = 3 } };
        using var with = new TwoTowerTrainer(options).Train(TasteLog.WithLists(TasteLog.Events(), shown: 10), TasteLog.Catalog());
        using var without = new TwoTowerTrainer(options).Train(TasteLog.Events(), TasteLog.Catalog());
        Assert.Equal(without.ItemTable.Slice(0, 160).ToArray(), with.ItemTable.Slice(0, 160).ToArray());
        Assert.Equal(without.Report.Examples, with.Report.Examples);
    }

    [Fact]
    public void A_log_without_what_they_need_is_refused()
    {
        var options = Quick with { ImpressionNegatives = new ImpressionNegativeOptions { Only = true, Within = TimeSpan.FromMinutes(1) } };
        Assert.Contains("none of the 4800 events is an impression", Refused(options, TasteLog.Events()), StringComparison.Ordinal);
        var late = TasteLog.Single((1, EventType.Click, 0), (2, EventType.Impression, 10 * Minute), (3, EventType.Click, 12 * Minute));
        Assert.Contains("None of the 1 examples has an item that was shown", Refused(options, late), StringComparison.Ordinal);
        static string Refused(TwoTowerOptions options, InteractionTable log) => Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(options).Train(log, TasteLog.Catalog())).Message;
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        string message = Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(new TwoTowerOptions
        {
            ImpressionNegatives = new ImpressionNegativeOptions { Count = 0, Within = TimeSpan.FromMinutes(-1), Weight = 0 }, HardNegatives = new(), PositiveWeights = [0.1f, 1f],
        })).Message;
        foreach (string part in new[] { "of a Count of 1", "of a Within of 0", "of a Weight over 0", "beside HardNegatives", "give impressions a weight" }) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static (TwoTowerBatch Batch, TwoTowerExamples Examples, PassedOverItems PassedOver) Fill(TwoTowerOptions options, Random random, NegativeSampler? sampler = null)
    {
        var events = TasteLog.Events(users: 8, events: 6, items: Items);
        var examples = TwoTowerExamples.Find(events, options, long.MinValue, long.MaxValue);
        var batch = new TwoTowerBatch(events, options, examples, sampler ?? new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2)), Items);
        batch.Fill(examples, [.. Enumerable.Range(0, examples.Count)]);
        var passedOver = new PassedOverItems(TasteLog.WithLists(events, shown: 6, Items), new ChosenItems(events, long.MaxValue), options.ImpressionNegatives!.Within);
        new ImpressionNegatives(passedOver, random).Add(batch);
        return (batch, examples, passedOver);
    }
}
