namespace LineRec.Training.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void A_module_is_trained_and_the_result_says_how()
    {
        using var module = new LineModule();
        List<TrainingProgress> seen = [];
        var result = new Trainer(new TrainerOptions { Phase = "line", Epochs = 60, Progress = new Watcher(seen.Add) }).Fit(module, Data(batch: 10));

        Assert.Equal((TrainingEnd.Completed, 60, 600), (result.End, result.Epochs.Count, result.Steps));
        Assert.InRange(result.Epochs[^1].Metrics["error"], 0, 0.001);
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss / 100);
        Assert.Equal(Enumerable.Range(1, 60), result.Epochs.Select(e => e.Number));
        Assert.Equal(600, seen.Count);
        Assert.Equal(("line", 60, 60, 10, 10), (seen[^1].Phase, seen[^1].Epoch, seen[^1].Epochs, seen[^1].Step, seen[^1].Steps));
        Assert.True(double.IsNaN(seen[9].Metric));
        Assert.Equal(result.Epochs[0].Metrics["figure"], seen[10].Metric);
        Assert.Null(result.ResumedFrom);
    }

    [Fact]
    public void Each_row_comes_once_an_epoch_in_another_order()
    {
        using var module = new LineModule();
        new Trainer(new TrainerOptions { Epochs = 2 }).Fit(module, Data(batch: 30));

        int[] first = [.. module.Batches.Take(4).SelectMany(b => b)], second = [.. module.Batches.Skip(4).SelectMany(b => b)];
        Assert.Equal([30, 30, 30, 10], module.Batches.Take(4).Select(b => b.Length));
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.Equal(Enumerable.Range(0, 100), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Gradients_of_several_batches_are_averaged_into_one_step()
    {
        using var whole = new LineModule();
        using var parts = new LineModule();
        var one = new Trainer(new TrainerOptions { Epochs = 5 }).Fit(whole, Data(batch: 50));
        var several = new Trainer(new TrainerOptions { Epochs = 5, BatchesPerStep = 5 }).Fit(parts, Data(batch: 10));

        Assert.Equal((10, 10), (one.Steps, several.Steps));
        Assert.All(whole.Values.Zip(parts.Values), v => Assert.Equal(v.First, v.Second, 1e-5f)); // sums of floats in another order
        Assert.Equal(one.Epochs[^1].Loss, several.Epochs[^1].Loss, 1e-5);
    }

    [Fact]
    public void An_epochs_last_step_averages_the_batches_that_are_left()
    {
        using var module = new LineModule();
        using var one = new LineModule();
        var result = new Trainer(new TrainerOptions { Epochs = 1, BatchesPerStep = 4 }).Fit(module, Data(batch: 100)); // one batch, where four would make a step
        new Trainer(new TrainerOptions { Epochs = 1 }).Fit(one, Data(batch: 100));

        Assert.Equal(1, result.Steps);
        Assert.Equal(one.Values, module.Values);
    }

    [Fact]
    public void Long_gradients_are_shortened_to_the_norm_and_short_ones_are_left()
    {
        var optimizer = new Recorder();
        Fit(optimizer, [3, 4], clip: 1);
        Fit(optimizer, [0.3, 0.4], clip: 1);
        Fit(optimizer, [3, 4], clip: null);

        Assert.Equal([0.2, double.NaN, double.NaN], optimizer.Scales);

        static void Fit(Recorder optimizer, double[] gradients, double? clip)
        {
            optimizer.Gradients = gradients;
            using var module = new Shell(optimizer);
            optimizer.Scales.Add(double.NaN);
            new Trainer(new TrainerOptions { Epochs = 1, ClipNorm = clip }).Fit(module, Data(batch: 100));
        }
    }

    [Fact]
    public void The_schedule_multiplies_the_optimisers_rate()
    {
        var optimizer = new Recorder();
        using var module = new Shell(optimizer);
        var schedule = new LearningRateSchedule(1, WarmUpSteps: 2, TotalSteps: 10);
        new Trainer(new TrainerOptions { Epochs = 2, Schedule = schedule }).Fit(module, Data(batch: 20));

        Assert.Equal(Enumerable.Range(0, 10).Select(schedule.At), optimizer.Rates);
    }

    [Fact]
    public void Early_stopping_ends_after_patience_and_goes_back_to_the_best_epoch()
    {
        using var module = new LineModule { Figure = n => new[] { 0.1, 0.5, 0.4, 0.5, 0.3, 0.9 }[n] };
        using var two = new LineModule();
        var result = new Trainer(new TrainerOptions { Epochs = 20, Callbacks = [new EarlyStopping("figure") { Patience = 3 }] }).Fit(module, Data(batch: 25));
        new Trainer(new TrainerOptions { Epochs = 2 }).Fit(two, Data(batch: 25));

        Assert.Equal((TrainingEnd.EndedByCallback, 5), (result.End, result.Epochs.Count));
        Assert.Equal(two.Values, module.Values);
    }

    [Fact]
    public void Early_stopping_follows_errors_downwards_and_can_leave_the_last_epoch()
    {
        using var module = new LineModule { Figure = n => n }; // ever worse
        using var two = new LineModule();
        var stopping = new EarlyStopping("figure") { Patience = 1, Direction = MetricDirection.Minimize, RestoreBest = false };
        Assert.Equal(2, new Trainer(new TrainerOptions { Callbacks = [stopping] }).Fit(module, Data(batch: 25)).Epochs.Count);
        new Trainer(new TrainerOptions { Epochs = 2 }).Fit(two, Data(batch: 25));

        Assert.Equal(two.Values, module.Values);
    }

    [Fact]
    public void A_metric_that_validation_does_not_give_is_refused_by_name()
    {
        using var module = new LineModule();
        string message = Assert.Throws<InvalidOperationException>(() => new Trainer(new TrainerOptions { Callbacks = [new EarlyStopping("recall")] }).Fit(module, Data(batch: 25))).Message;
        Assert.Contains("no metric 'recall'; it gives figure, error", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_with_advice()
    {
        using var module = new LineModule { LossFactor = float.NaN };
        string message = Assert.Throws<InvalidOperationException>(() => new Trainer(new TrainerOptions { Phase = "line" }).Fit(module, Data(batch: 25))).Message;
        Assert.Contains("'line' is NaN at step 1 (epoch 1)", message, StringComparison.Ordinal);
        Assert.Equal(new float[3], module.Values);
    }

    [Fact]
    public void The_time_limit_cuts_an_epoch_short_and_validates_it()
    {
        var time = new StepTime();
        using var module = new LineModule();
        var progress = new Watcher(p => time.Now += TimeSpan.FromSeconds(1));
        var result = new Trainer(new TrainerOptions { TimeLimit = TimeSpan.FromSeconds(13.5), Progress = progress }, time).Fit(module, Data(batch: 10));

        Assert.Equal((TrainingEnd.TimeLimit, 2, 14), (result.End, result.Epochs.Count, result.Steps));
        Assert.True(result.Epochs[1].Metrics.ContainsKey("error"));
    }

    [Fact]
    public void The_time_of_a_step_is_told_by_its_parts()
    {
        var time = new StepTime();
        using var module = new LineModule { Figure = _ => (time.Now += TimeSpan.FromSeconds(5)).Ticks };
        var data = new SlowData(Data(batch: 50), time);
        var result = new Trainer(new TrainerOptions { Epochs = 2 }, time).Fit(module, data);

        Assert.Equal((6, 10, 16), (result.Times.Data.TotalSeconds, result.Times.Validation.TotalSeconds, result.Times.Total.TotalSeconds)); // 2 × (2 batches and the end)
        Assert.Equal(6.0 / 16, result.Times.DataShare);
        Assert.Contains("data 37.5", $"{result.Times}", StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_over_a_limit_is_told_once()
    {
        List<string> told = [];
        var watch = new MemoryWatch(limitBytes: 1 << 20, told.Add);
        var quiet = new MemoryWatch(long.MaxValue, told.Add);
        using var module = new LineModule();
        new Trainer(new TrainerOptions { Epochs = 3, Callbacks = [watch, quiet] }).Fit(module, Data(batch: 10));

        Assert.Contains("over the limit of 1 MB", Assert.Single(told), StringComparison.Ordinal);
        Assert.True(watch.PeakBytes > 1 << 20);
        Assert.True(quiet.PeakBytes > 1 << 20);
    }

    [Fact]
    public void Hooks_come_in_their_order()
    {
        var hooks = new Hooks();
        using var module = new LineModule();
        new Trainer(new TrainerOptions { Epochs = 2, Callbacks = [hooks] }).Fit(module, Data(batch: 50));

        Assert.Equal("start step1 step2 epoch1 step3 step4 epoch2 end", string.Join(' ', hooks.Seen));
    }

    [Fact]
    public void Options_out_of_range_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => new Trainer(new TrainerOptions { Epochs = 0, BatchesPerStep = 0, ClipNorm = 0 })).Message;
        foreach (string name in new[] { "Epochs is 0", "BatchesPerStep is 0", "ClipNorm is 0" }) Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Trainer(new TrainerOptions { Checkpoints = new CheckpointOptions("x") { EverySteps = 0 } }));
    }

    private static ShuffledRows Data(int batch) => new(LineModule.Rows, batch, seed: 3);

    private sealed class Watcher(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    private sealed class Hooks : TrainingCallback
    {
        public List<string> Seen { get; } = [];

        public override void FitStarted(TrainingRun run) => Seen.Add("start");

        public override void StepEnded(TrainingRun run) => Seen.Add($"step{run.Step}");

        public override void EpochEnded(TrainingRun run) => Seen.Add($"epoch{run.History[^1].Number}");

        public override void FitEnded(TrainingRun run) => Seen.Add("end");
    }

    /// <summary>Gradients by hand; notes what is done with them.</summary>
    private sealed class Recorder : ITrainingOptimizer
    {
        public double[] Gradients { get; set; } = [];

        public List<double> Scales { get; } = [];

        public List<double> Rates { get; } = [];

        public void ZeroGradients()
        {
        }

        public double SquaredGradientNorm() => Gradients.Sum(g => g * g);

        public void ScaleGradients(float factor) => Scales[^1] = Math.Round(factor, 6);

        public void Step(double rate) => Rates.Add(rate);

        public void Exchange(TrainingState state)
        {
        }
    }

    /// <summary>A module whose optimiser is another one.</summary>
    private sealed class Shell(ITrainingOptimizer optimizer) : TrainingModule<ReadOnlyMemory<int>>
    {
        private readonly LineModule _line = new();

        public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; } = [optimizer];

        public override StepLoss TrainingStep(ReadOnlyMemory<int> batch) => _line.TrainingStep(batch);

        public override void ExchangeWeights(TrainingState state) => _line.ExchangeWeights(state);

        protected override void Dispose(bool disposing)
        {
            _line.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class SlowData(ShuffledRows rows, StepTime time) : ITrainingData<ReadOnlyMemory<int>>
    {
        public int StepsPerEpoch => rows.StepsPerEpoch;

        public string Position => rows.Position;

        public void Start(int epoch, string? position = null) => rows.Start(epoch, position);

        public bool TryRead(out ReadOnlyMemory<int> batch)
        {
            time.Now += TimeSpan.FromSeconds(1);
            return rows.TryRead(out batch);
        }
    }

    /// <summary>Time that only goes on when it is told to.</summary>
    private sealed class StepTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
