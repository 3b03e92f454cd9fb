using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Trains one combination after the other until the sweep is done. Killed, it goes on with the training that it was at, from its last checkpoint.</summary>
/// <remarks>Not thread-safe; trainings use all processors, so they run one at a time.</remarks>
/// <param name="run">The log and the configuration, ranges included.</param>
/// <param name="data">The log's hash.</param>
/// <param name="folder">The sweep's state.</param>
/// <param name="objective">What is measured.</param>
/// <param name="console">Shows progress.</param>
/// <param name="time">Measures how long trainings take; default: the system's clock.</param>
internal sealed class SweepRunner(PipelineRun run, string data, SweepFolder folder, ISweepObjective objective, RunConsole console, TimeProvider? time = null)
{
    /// <summary>The metric that runs of a sweep are compared by, whatever it measures.</summary>
    public const string SweepMetric = "score";

    private readonly RecipeSettings _settings = run.Settings;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SweepSpace _space = new(run.Settings, run.Settings.SweepRanges);

    /// <summary>Runs what isn't done.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public SweepOutcome Run(CancellationToken cancellationToken)
    {
        var rules = SweepRules.Of(_settings);
        List<SweepResult> results = [.. folder.Read().Where(r => r.Trial < rules.Trials)];
        int done = results.Count;
        while (AshaScheduler.Next(rules, results, []) is { } job)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Train(job, rules.Epochs[job.Rung], cancellationToken);
            folder.Add(result);
            folder.RemoveCheckpoints();
            results.Add(result);
        }

        folder.RemoveCheckpoints(); // of a sweep that was killed after its last result

        var best = SweepResult.Best(results);
        if (best is not null) folder.WriteBest(Describe(best));
        return new SweepOutcome(objective.Metric, best, folder.Best, results.Count - done, [.. SweepResult.Ranked(results).OrderByDescending(r => r.Epochs)]);
    }

    private SweepResult Train(SweepJob job, int epochs, CancellationToken cancellationToken)
    {
        var values = _space.ValuesOf(job.Trial);
        var settings = SettingsOf(values, epochs);
        string name = string.Create(CultureInfo.InvariantCulture, $"trial {job.Trial}, {epochs} epochs");
        var checkpoints = TrainingCheckpoints.In(folder.CheckpointsOf(job), settings, console);
        long started = _time.GetTimestamp();
        double score = RunTracking.Track(settings, run, data, name, tracked =>
        {
            tracked?.LogParamsAsync(values.Append(new("trial", job.Trial.ToString(CultureInfo.InvariantCulture))), cancellationToken).GetAwaiter().GetResult();
            double figure = console.Step($"{name}: {(values.Count == 0 ? "as configured" : string.Join(", ", values.Select(v => $"{v.Key} {v.Value}")))}", progress => objective.Measure(settings, tracked, progress, checkpoints, cancellationToken));
            if (double.IsFinite(figure)) tracked?.LogMetric(SweepMetric, figure);
            console.Say(string.Create(CultureInfo.InvariantCulture, $"  {objective.Metric} {figure:0.0000}"));
            return figure;
        });
        return new SweepResult(job.Trial, job.Rung, epochs, score, Math.Round(_time.GetElapsedTime(started).TotalSeconds, 2), values);
    }

    private RecipeSettings SettingsOf(IReadOnlyDictionary<string, string> values, int epochs) =>
        _space.With(values.Append(new(SweepModels.Epochs(_settings.SweepModel), epochs.ToString(CultureInfo.InvariantCulture))));

    private string Describe(SweepResult best) => string.Create(CultureInfo.InvariantCulture, $"# {objective.Metric} {best.Score:0.0000}: trial {best.Trial} of a sweep over {run.DateText}. Settings that aren't here keep their default.\n") +
        SettingsSchema.ChangedToYaml(SettingsOf(best.Values, best.Epochs));
}
