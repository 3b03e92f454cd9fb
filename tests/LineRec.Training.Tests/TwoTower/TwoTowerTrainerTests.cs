namespace LineRec.Training.Tests;

public sealed class TwoTowerTrainerTests
{
    private static readonly TwoTowerOptions Quick = new() { Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 4, RetrainOnAll = false };

    [Fact]
    public void Finds_the_taste_of_users()
    {
        var events = TasteLog.Events();
        using var model = new TwoTowerTrainer(Quick).Train(events, TasteLog.Catalog());
        // 20 items of a group are 90 % of what a user takes; any 20 items by popularity are 20 / 160 of it.
        Assert.InRange(model.Report.ValidationRecall, 0.75, 1);
        Assert.True(model.Report.Epochs[^1].Loss < model.Report.Epochs[0].Loss);
        using var users = model.EncodeUsers(events);
        for (int user = 0; user < 50; user++)
        {
            var best = Enumerable.Range(0, 160).OrderByDescending(i => System.Numerics.Tensors.TensorPrimitives.Dot(users[user], model.ItemVectors[i])).Take(10);
            Assert.True(best.Count(i => i % TasteLog.Groups == user % TasteLog.Groups) >= 8);
        }
    }

    [Fact]
    public void Sampled_negatives_come_near_the_exact_softmax()
    {
        var (events, catalog) = (TasteLog.Events(), TasteLog.Catalog());
        using var exact = new TwoTowerTrainer(Quick).Train(events, catalog);
        using var sampled = new TwoTowerTrainer(Quick with { UniformNegatives = 40 }).Train(events, catalog);
        Assert.InRange(sampled.Report.ValidationRecall, exact.Report.ValidationRecall - 0.1, 1);
    }

    [Theory]
    [InlineData(TwoTowerLoss.Bpr, LogQCorrection.None, false, 0.75)]
    [InlineData(TwoTowerLoss.Bpr, LogQCorrection.Counted, true, 0.75)]
    [InlineData(TwoTowerLoss.CosineContrastive, LogQCorrection.Counted, false, 0.75)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Streaming, true, 0.75)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, false, 0.75)]
    public void Every_loss_finds_the_taste_of_users(TwoTowerLoss loss, LogQCorrection logQ, bool inBatch, double least)
    {
        using var model = new TwoTowerTrainer(Quick with { Loss = loss, LogQ = logQ, InBatchNegatives = inBatch, UniformNegatives = 50 }).Train(TasteLog.Events(), TasteLog.Catalog());
        Assert.InRange(model.Report.ValidationRecall, least, 1);
    }

    [Theory]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, SequenceModel.None)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Streaming, SequenceModel.None)]
    [InlineData(TwoTowerLoss.Bpr, LogQCorrection.Counted, SequenceModel.None)]
    [InlineData(TwoTowerLoss.CosineContrastive, LogQCorrection.None, SequenceModel.None)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, SequenceModel.Attention)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, SequenceModel.Gru)]
    [InlineData(TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, SequenceModel.SelfAttention)]
    public void The_same_seed_gives_the_same_files_and_another_seed_others(TwoTowerLoss loss, LogQCorrection logQ, SequenceModel sequence)
    {
        var events = TasteLog.Events();
        var options = Quick with { UniformNegatives = 50, RetrainOnAll = true, UserHiddenWidth = 8, ItemHiddenWidth = 8, Loss = loss, LogQ = logQ, SequenceModel = sequence };
        var first = Files(events, options);
        var second = Files(events, options);
        var other = Files(events, options with { Seed = 2 });
        Assert.Superset(new HashSet<string> { "user_tower.onnx", "item_tower.onnx", "items.npy", "tables/item.npy", "tables/category.npy", "tables/scale.npy" }, first.Keys.ToHashSet());
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
        Assert.NotEqual(first["tables/item.npy"], other["tables/item.npy"]);
        Assert.NotEqual(first["user_tower.onnx"], other["user_tower.onnx"]);
    }

    [Fact]
    public void Items_that_training_never_saw_have_a_row_of_zeros_and_the_vector_of_their_category()
    {
        var events = TasteLog.Events();
        var catalog = TasteLog.Catalog(items: 168); // events end at item 159
        using var model = new TwoTowerTrainer(Quick).Train(events, catalog);
        Assert.All(model.ItemTable[165].ToArray(), v => Assert.Equal(0f, v));
        Assert.Contains(model.ItemVectors[164].ToArray(), v => v != 0f);
    }

    [Fact]
    public void New_items_find_the_users_of_their_category()
    {
        const int known = 160, all = 480, top = 40; // of a user's group are an eighth of the new items: a random 40 of 320 holds 5 of its 40
        var events = TasteLog.Events(items: known);
        using var model = new TwoTowerTrainer(Quick with { CategoryDimension = 8 }).Train(events, TasteLog.Catalog(all));
        using var users = model.EncodeUsers(events);
        int hits = 0;
        for (int user = 0; user < events.UserCount; user++)
        {
            var best = Enumerable.Range(known, all - known).OrderByDescending(i => System.Numerics.Tensors.TensorPrimitives.Dot(users[user], model.ItemVectors[i])).Take(top);
            hits += best.Count(i => i % TasteLog.Groups == user % TasteLog.Groups);
        }

        Assert.True(hits >= 3.0 * events.UserCount * top / TasteLog.Groups, $"{hits} hits");
    }

    [Fact]
    public void Repeats_are_no_positives_where_they_are_excluded()
    {
        var options = Quick with { ExcludeRepeats = true };
        var events = TasteLog.Single((3, EventType.Click, 1), (4, EventType.Click, 2), (3, EventType.Click, 3), (5, EventType.Click, 4));
        Assert.Equal([5, 4], TwoTowerExamples.Find(events, options, long.MinValue, long.MaxValue).Items);
        Assert.Equal([5, 3, 4], TwoTowerExamples.Find(events, Quick, long.MinValue, long.MaxValue).Items);
    }

    [Fact]
    public void Lines_of_one_basket_share_a_history_and_are_not_in_it()
    {
        var events = TasteLog.Single((1, EventType.Click, 1), (2, EventType.Click, 2), (3, EventType.Click, 2), (2, EventType.Click, 2));
        var examples = TwoTowerExamples.Find(events, Quick, long.MinValue, long.MaxValue);
        Assert.Equal(1, examples.Count);
        Assert.Equal([2, 3], examples.Items);
        Assert.Equal(1, examples.HistoryEnds[0]);
    }

    [Fact]
    public void Only_events_with_a_weight_are_positives_and_the_target_window_reaches_forward()
    {
        var options = Quick with { PositiveWeights = [0f, 0f, 0.5f, 1f], TargetWindow = TimeSpan.FromMilliseconds(5) };
        var events = TasteLog.Single((1, EventType.Click, 1), (2, EventType.Cart, 2), (3, EventType.Click, 3), (4, EventType.Purchase, 7), (5, EventType.Purchase, 20));
        var examples = TwoTowerExamples.Find(events, options, long.MinValue, 20);
        Assert.Equal([4, 4, 2, 4], examples.Items); // at times 7, 3 and 2, newest first; 20 is past the end
        Assert.Equal([1f, 1f, 0.5f, 1f], examples.Weights);
    }

    [Fact]
    public void Training_reports_its_progress_and_stops_when_asked()
    {
        using var source = new CancellationTokenSource();
        List<TrainingProgress> seen = [];
        var progress = new Watcher(p =>
        {
            seen.Add(p);
            if (p.Epoch == 2) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => new TwoTowerTrainer(Quick).Train(TasteLog.Events(), TasteLog.Catalog(), null, progress, source.Token));
        Assert.Equal(2, seen[^1].Epoch);
        Assert.All(seen, p => Assert.True(p.Step <= p.Steps && double.IsFinite(p.Loss)));
    }

    [Fact]
    public void A_log_without_events_is_refused() => Refused("There are no events", new InteractionTable([], [0], [], [], []));

    [Fact]
    public void A_log_without_histories_is_refused() => Refused("None of the 2 events", TasteLog.Single((1, EventType.Click, 5), (2, EventType.Click, 5)));

    [Fact]
    public void A_log_of_another_catalog_is_refused() => Refused("catalog row 900", TasteLog.Single((1, EventType.Click, 5), (900, EventType.Click, 6)));

    [Fact]
    public void Features_of_another_catalog_or_infinite_ones_are_refused()
    {
        var trainer = new TwoTowerTrainer(Quick);
        using var few = new NpyMatrix<float>(new float[30], 3);
        Assert.Contains("10 rows", Assert.Throws<ArgumentException>(() => trainer.Train(TasteLog.Events(), TasteLog.Catalog(), few)).Message, StringComparison.Ordinal);
        float[] values = new float[160];
        values[7] = float.PositiveInfinity;
        using var infinite = new NpyMatrix<float>(values, 1);
        Assert.Contains("Row 7", Assert.Throws<ArgumentException>(() => trainer.Train(TasteLog.Events(), TasteLog.Catalog(), infinite)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_options_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(new TwoTowerOptions { Dimension = 0, Temperature = -1, ValidationShare = 1, InBatchNegatives = false, UniformNegatives = 0 })).Message;
        Assert.Contains("UniformNegatives is 0; it must be over 0 without InBatchNegatives", message, StringComparison.Ordinal);
        Assert.Contains("Dimension is 0", message, StringComparison.Ordinal);
        Assert.Contains("Temperature is -1", message, StringComparison.Ordinal);
        Assert.Contains("ValidationShare is 1", message, StringComparison.Ordinal);
    }

    private static void Refused(string text, InteractionTable events) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(Quick).Train(events, TasteLog.Catalog())).Message, StringComparison.Ordinal);

    private static Dictionary<string, byte[]> Files(InteractionTable events, TwoTowerOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-two-tower-").FullName;
        try
        {
            using var features = TasteLog.Features();
            using var model = new TwoTowerTrainer(options).Train(events, TasteLog.Catalog(), features);
            model.Export(folder, "");
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Watcher(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
