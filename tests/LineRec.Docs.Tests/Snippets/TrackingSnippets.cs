using LineRec.TinyShop;
using LineRec.Tracking;
using LineRec.Training;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the pages show of tracking, run on a folder and a few users.</summary>
[Collection(nameof(ShopFolder))]
public class TrackingSnippets
{
    [Fact]
    public async Task Runs_are_tracked_and_compared()
    {
        File.WriteAllText("model.onnx", "a model");
        double recall = 0.31;

        #region tracking
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = "mlruns" }); // or "https://mlflow.example.com"
        await using (var run = await tracker.StartRunAsync("two-tower", "wider"))
        {
            await run.LogParamsAsync([new("dimension", "128"), new("seed", "1")]);
            await run.LogInputAsync(new DatasetInput { Name = "events", Digest = "2026-03-01", Source = """{"uri": "/data/events"}""", Context = "training" });
            for (int step = 1; step <= 100; step++) run.LogMetric("loss", 1.0 / step, step);          // never waits
            run.LogMetric("recall", recall);
            await run.LogArtifactAsync("model.onnx", "model");
            await run.EndAsync();                                                                     // a run that isn't ended has failed
        }

        var runs = await tracker.ReadRunsAsync("two-tower");
        RunsReport.Write("runs.html", runs, new RunsReportOptions { Metric = "recall" });             // curves, parameters, the best run and why
        #endregion

        Assert.Equal(recall, Assert.Single(runs).Last("recall"));
        Assert.Contains("wider", await File.ReadAllTextAsync("runs.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_is_tracked_in_one_line()
    {
        var (events, catalog) = (TinyCatalog.CreateEvents(), TinyCatalog.Create());
        var trainer = new TwoTowerTrainer(new TwoTowerOptions { Dimension = 8, Epochs = 2, Seed = 1 });
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = "mlruns-of-training" });

        #region tracking-training
        await using var run = await tracker.StartRunAsync("two-tower");
        using var towers = await trainer.TrainTrackedAsync(run, events, catalog); // options, progress, each epoch's loss and recall
        await run.EndAsync();
        #endregion

        Assert.Equal(towers.Report.ValidationRecall, (await tracker.ReadRunsAsync("two-tower")).Single().Last("validation_recall"));
    }

    [Fact]
    public async Task Models_are_registered()
    {
        using var tracker = ExperimentTracker.Create(new TrackingOptions { TrackingUri = "mlruns-of-models" });
        await using var run = await tracker.StartRunAsync("two-tower");

        #region tracking-models
        int? version = await tracker.RegisterModelAsync(new ModelRegistration
        {
            Name = "shop-two-tower", Source = $"runs:/{run.RunId}/model", RunId = run.RunId, Aliases = ["candidate"],
        });
        await tracker.SetModelAliasAsync("shop-two-tower", "champion", version!.Value);               // what serves; "candidate" stays too
        var champion = await tracker.FindModelAsync("shop-two-tower", "champion");
        #endregion

        Assert.Equal(["candidate", "champion"], champion!.Aliases.Order());
    }

    [Fact]
    public void A_host_tracks_to_the_companys_server()
    {
        var builder = WebApplication.CreateBuilder();

        #region tracking-host
        builder.Services.AddLineRecTracking(o =>
        {
            o.TrackingUri = "https://mlflow.example.com";
            o.Token = builder.Configuration["Mlflow:Token"];       // or UserName and Password
            o.SpoolFolder = "/var/lib/trainer/mlflow-spool";       // of this process's own: what can't be sent waits there
        });
        #endregion

        builder.Services.PostConfigure<TrackingOptions>(o => o.SpoolFolder = Path.GetFullPath("mlflow-spool"));
        using var app = builder.Build();
        Assert.IsType<ExperimentTracker>(app.Services.GetRequiredService<IExperimentTracker>());
    }
}
