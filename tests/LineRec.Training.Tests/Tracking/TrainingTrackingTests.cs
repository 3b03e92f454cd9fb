using LineRec.Tracking;

namespace LineRec.Training.Tests;

/// <summary>A training that is tracked.</summary>
public sealed class TrainingTrackingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-tracked-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_two_tower_training_is_tracked_whole()
    {
        using var tracker = Tracker();
        List<TrainingProgress> seen = [];
        var options = new TwoTowerOptions { Dimension = 8, Epochs = 3, Seed = 3, HardNegatives = new HardNegativeOptions { Count = 2, Skip = 0, Window = 10 } };
        TwoTowerReport report;
        await using (var run = await tracker.StartRunAsync("two-tower", "tracked"))
        {
            using var model = await new TwoTowerTrainer(options).TrainTrackedAsync(run, TasteLog.Events(), TasteLog.Catalog(), progress: new Watcher(seen.Add));
            report = model.Report;
            await run.EndAsync();
        }

        var read = Assert.Single(await tracker.ReadRunsAsync("two-tower"));
        Assert.Equal(RunStatus.Finished, read.Status);
        Assert.Equal(("8", "SampledSoftmax", "2", "item", "null", "True"), (read.Params["Dimension"], read.Params["Loss"], read.Params["HardNegatives.Count"], read.Params["HistoryPooling.Table"], read.Params["TimeLimit"], read.Params["RetrainOnAll"]));
        Assert.Equal("0, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3", read.Params["PopularityExponents"]);
        Assert.Equal(report.Epochs.Select(e => (e.Loss, e.Recall)), read.Metrics["epoch/loss"].Zip(read.Metrics["epoch/recall"], (l, r) => (l.Value, r.Value)));
        Assert.Equal((report.ValidationRecall, report.BestEpoch), (read.Last("validation_recall"), (int)read.Last("best_epoch")));
        var last = seen.Last(p => p.Phase == "validate");
        Assert.Equal((last.Loss, ((last.Epoch - 1L) * last.Steps) + last.Step), (read.Last("validate/loss"), read.Metrics["validate/loss"][^1].Step));
        Assert.Equal(seen.Where(p => p.Phase == "validate" && !double.IsNaN(p.Metric)).Select(p => p.Metric).Distinct(), read.Metrics["validate/metric"].Select(m => m.Value).Distinct());
        Assert.Contains("retrain/loss", read.Metrics.Keys);
    }

    [Fact]
    public async Task Tracking_does_not_change_the_model()
    {
        using var tracker = Tracker();
        var options = new TwoTowerOptions { Dimension = 8, Epochs = 2, Seed = 3 };
        await using var run = await tracker.StartRunAsync("x");
        using var tracked = await new TwoTowerTrainer(options).TrainTrackedAsync(run, TasteLog.Events(), TasteLog.Catalog());
        using var alone = new TwoTowerTrainer(options).Train(TasteLog.Events(), TasteLog.Catalog());

        for (int item = 0; item < alone.ItemVectors.Rows; item++) Assert.Equal(alone.ItemVectors[item].ToArray(), tracked.ItemVectors[item].ToArray());
    }

    [Fact]
    public async Task A_training_of_ones_own_is_tracked_by_a_callback()
    {
        using var tracker = Tracker();
        TrainingResult result;
        await using (var run = await tracker.StartRunAsync("own"))
        {
            using var module = new LineModule();
            result = new Trainer(new TrainerOptions { Phase = "line", Epochs = 3, Callbacks = [new TrackingCallback(run)] }).Fit(module, new ShuffledRows(LineModule.Rows, 25, 1));
            await run.EndAsync();
        }

        var read = Assert.Single(await tracker.ReadRunsAsync("own"));
        Assert.Equal(result.Epochs.Select(e => (e.Loss, (long)e.Number)), read.Metrics["line/epoch/loss"].Select(m => (m.Value, m.Step)));
        Assert.Equal(result.Epochs.Select(e => e.Metrics["error"]), read.Metrics["line/epoch/error"].Select(m => m.Value));
        Assert.Equal(12, read.Metrics["line/loss"].Count);
        Assert.InRange(read.Last("line/epoch/data_share"), 0, 1);
    }

    [Fact]
    public async Task A_long_epoch_has_about_a_hundred_points_and_its_last()
    {
        using var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("x");
        var progress = run.TrackProgress();
        for (int step = 1; step <= 1051; step++) progress.Report(new TrainingProgress("rank", 2, 3, step, 1051, step, 10, step < 500 ? double.NaN : 0.5));
        await run.EndAsync();

        var read = Assert.Single(await tracker.ReadRunsAsync("x"));
        Assert.InRange(read.Metrics["rank/loss"].Count, 90, 120);
        Assert.Equal((1051 + 1051, 1051.0), (read.Metrics["rank/loss"][^1].Step, read.Last("rank/loss")));
        Assert.Equal(1051 + 500, Assert.Single(read.Metrics["rank/metric"]).Step);
    }

    [Fact]
    public async Task Options_of_a_ranker_are_parameters_too()
    {
        using var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("rankers");
        await run.LogOptionsAsync(new RankerOptions { Seed = 7 });
        await using var wide = await tracker.StartRunAsync("rankers", "wide");
        await wide.LogOptionsAsync(new TwoTowerOptions { FeatureNames = [.. Enumerable.Range(0, 1000).Select(i => $"feature {i}")], Seed = 7 });

        var runs = await tracker.ReadRunsAsync("rankers");
        Assert.All(runs, r => Assert.Equal("7", r.Params["Seed"]));
        Assert.Equal(500, runs.Single(r => r.RunName == "wide").Params["FeatureNames"].Length);
    }

    private ExperimentTracker Tracker() => ExperimentTracker.Create(new TrackingOptions { TrackingUri = Path.Combine(_folder.FullName, "mlruns") });

    private sealed class Watcher(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
