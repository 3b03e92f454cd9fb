using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>A sweep from the log on: makes what trainings start from, by the pipeline's own steps, and runs the trials.</summary>
internal static class Sweep
{
    /// <summary>Runs a sweep, or goes on with it.</summary>
    /// <param name="run">The log, the folder for the sweep, and the configuration with its ranges.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancellationToken">Ends it; the same call goes on.</param>
    /// <exception cref="RecipeException">The configuration has no range to try, the folder holds another sweep, or another process is at work in it.</exception>
    public static SweepOutcome Run(PipelineRun run, RunConsole console, CancellationToken cancellationToken)
    {
        string model = run.Settings.SweepModel;
        SweepRange[] ranges = [.. run.Settings.SweepRanges.Where(r => r.Setting.StartsWith(model + ".", StringComparison.Ordinal))];
        if (ranges.Length == 0)
            throw new RecipeException(RecipeFault.Input, $"The configuration has no range for sweep.model '{model}' to try. Give --config a file with a section sweep.ranges: 'linerec sweep --help' shows one.");
        run = run with { Settings = run.Settings with { SweepRanges = ranges } };
        _ = SweepRules.Of(run.Settings);
        using var alone = RunLock.Take(run.Out);
        var data = new RunData(run);
        var folder = SweepFolder.Open(run.Out, About(run, data));
        new PipelineRunner(run, console).RunUpTo(model == SweepModels.TwoTower ? [FeaturesStep.StepName] : [TwoTowerStep.StepName, ItemToItemStep.StepName], cancellationToken);
        using var features = FittedFeatures.Load(Output(run, FeaturesStep.StepName, RunData.Stamp(run.Split)));
        var dataset = data.Dataset(RecipeJson.Read<LogProfile>(Output(run, ProfileStep.StepName, LogProfile.FileName)));
        ISweepObjective objective = model == SweepModels.TwoTower
            ? new TowerObjective(dataset, data, features, console)
            : new RankersObjective(dataset, Capture(run, data, console, cancellationToken));
        return new SweepRunner(run, data.Fingerprint, folder, objective, console).Run(cancellationToken);
    }

    private static Dictionary<string, LineRec.Training.RankingExamples> Capture(PipelineRun run, RunData data, RunConsole console, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("linerec-sweep-").FullName;
        try
        {
            var examples = RankersStep.Capture(new StepContext(run, new Dictionary<string, string>(), scratch, scratch, data, console, cancellationToken));
            return examples.Rankers.ToDictionary(r => r, examples.Take);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>All that a trial's figure depends on. The number of trials isn't among it: a sweep may be made longer.</summary>
    private static SortedDictionary<string, string> About(PipelineRun run, RunData data) => new(StringComparer.Ordinal)
    {
        ["code"] = CodeVersion.Current,
        ["date"] = run.DateText,
        ["log"] = data.Fingerprint,
        ["ranges"] = string.Join("; ", run.Settings.SweepRanges.Select(r => r.ToString()).Order(StringComparer.Ordinal)),
        ["settings"] = SettingsSchema.Describe(run.Settings with { SweepTrials = 1 }, ["seed", "window_days", "learning_windows", "task", "target", "two_tower.", "item_to_item.", "rankers.", "sweep."]),
    };

    private static string Output(PipelineRun run, string step, string name) => Path.Combine(new StepFolder(run, step).Directory, name);
}
