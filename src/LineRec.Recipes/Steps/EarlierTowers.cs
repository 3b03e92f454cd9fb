using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>The towers of a day before, from which a day's training goes on.</summary>
/// <param name="Run">That day.</param>
/// <param name="Hash">The hash over what its step made.</param>
/// <param name="StateFolder">The folder of the state that knows no more of the log than the day's first training may.</param>
/// <param name="Chain">Where the training began.</param>
internal sealed record EarlierTowers(PipelineRun Run, string Hash, string StateFolder, TowerChain Chain)
{
    /// <summary>The input's name in a step's record.</summary>
    public const string InputName = "earlier towers";

    private const string None = "none", States = "state";

    /// <summary>What a step records of it.</summary>
    public static string Describe(EarlierTowers? earlier) => earlier is null ? None : $"{earlier.Run.DateText} {earlier.Hash}";

    /// <summary>
    /// The towers that a day's training goes on from: those of the newest day before whose code and settings were the same, unless a training from nothing is due.
    /// What a day went on from once stays its choice, in whichever order days are run. Null: from nothing.
    /// </summary>
    public static EarlierTowers? Find(PipelineRun run)
    {
        if (run.Settings.FullEvery == 1) return null;
        string? chosen = new StepFolder(run, TwoTowerStep.StepName).ReadRecord()?.Inputs.GetValueOrDefault(InputName);
        if (chosen == None) return null;
        var days = run.OtherDays().Where(d => d.Date < run.Date).OrderByDescending(d => chosen?.StartsWith(d.DateText, StringComparison.Ordinal) ?? false).ThenByDescending(d => d.Date);
        return days.Select(d => Of(d, run)).FirstOrDefault(e => e is not null);
    }

    /// <summary>Keeps a state for the days to come.</summary>
    public static void Save(TwoTowerState state, string directory, DateTimeOffset asOf) => state.Save(Path.Combine(directory, States, RunData.Stamp(asOf)));

    private static EarlierTowers? Of(PipelineRun day, PipelineRun run)
    {
        var folder = new StepFolder(day, TwoTowerStep.StepName);
        if (folder.ReadRecord() is not { } record || record.Inputs.GetValueOrDefault("code") != CodeVersion.Current) return null;
        if (record.Inputs.GetValueOrDefault("settings") != SettingsSchema.Describe(run.Settings, TwoTowerStep.Watched)) return null;
        var chain = TowerChain.Read(folder.Directory);
        string first = RunData.Stamp(run.FirstInstant);
        string? state = Directory.EnumerateDirectories(Path.Combine(folder.Directory, States)).Where(d => string.CompareOrdinal(Path.GetFileName(d), first) <= 0).Max(StringComparer.Ordinal);
        return state is null || chain.IsFullDue(run) ? null : new EarlierTowers(day, record.OutputHash(), state, chain);
    }
}
