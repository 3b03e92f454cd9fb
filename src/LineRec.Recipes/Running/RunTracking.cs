using LineRec.Tracking;

namespace LineRec.Recipes;

/// <summary>Tracks trainings to the folder or MLflow server that the settings name; where they name none, nothing is tracked.</summary>
internal static class RunTracking
{
    /// <summary>Tracks what a step trains, with the log that it learns from.</summary>
    /// <param name="context">The step.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="work">What to do; it gets the run, or null.</param>
    public static T Track<T>(StepContext context, string name, Func<IExperimentRun?, T> work) => Track(context.Settings, context.Run, context.Data.Fingerprint, name, work);

    /// <summary>Tracks a training.</summary>
    /// <param name="settings">Say where to.</param>
    /// <param name="run">What it is about.</param>
    /// <param name="data">The log's hash.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="work">What to do; it gets the run, or null. A failure ends the run as failed, a cancellation as killed.</param>
    public static T Track<T>(RecipeSettings settings, PipelineRun run, string data, string name, Func<IExperimentRun?, T> work)
    {
        if (settings.TrackingUri.Length == 0) return work(null);
        using var tracker = Open(settings.TrackingUri);
        return TrackAsync(tracker, settings.Experiment, run, data, name, work).GetAwaiter().GetResult();
    }

    /// <summary>Opens a tracker. As with MLflow's own tools, MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD, open a server's door.</summary>
    /// <param name="uri">A folder or a server.</param>
    public static ExperimentTracker Open(string uri) => ExperimentTracker.Create(new TrackingOptions
    {
        TrackingUri = uri,
        Token = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_TOKEN"),
        UserName = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_USERNAME"),
        Password = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_PASSWORD"),
    });

    private static async Task<T> TrackAsync<T>(ExperimentTracker tracker, string experiment, PipelineRun about, string data, string name, Func<IExperimentRun?, T> work)
    {
        var run = await tracker.StartRunAsync(experiment, name).ConfigureAwait(false);
        try
        {
            await run.SetTagsAsync([new("linerec.date", about.DateText), new("linerec.code", CodeVersion.Current)]).ConfigureAwait(false);
            await run.LogInputAsync(new DatasetInput { Name = "log", Digest = data[..16], Source = Path.GetFullPath(about.Data), Context = "training" }).ConfigureAwait(false);
            var result = work(run);
            await run.EndAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception e)
        {
            await run.EndAsync(e is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed).ConfigureAwait(false);
            throw;
        }
    }
}
