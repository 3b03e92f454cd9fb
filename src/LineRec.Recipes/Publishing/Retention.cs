namespace LineRec.Recipes;

/// <summary>Removes steps and bundles of days that are older than <c>retention.keep_days</c>. The champion stays, and the one that a rollback goes back to.</summary>
internal static class Retention
{
    /// <summary>Removes them. A run that is at work on such a day keeps its folder.</summary>
    /// <param name="run">The day from which days are counted.</param>
    /// <param name="registry">The bundles. The root's lock is held.</param>
    /// <param name="console">Says what goes.</param>
    /// <returns>The registry without the removed; those that were taken back stay in it, so that they never serve again.</returns>
    public static BundleRegistry Apply(PipelineRun run, BundleRegistry registry, RunConsole console)
    {
        if (run.Settings.KeepDays == 0) return registry;
        var oldest = run.Date.AddDays(-run.Settings.KeepDays);
        RegisteredBundle?[] champions = [registry.Champion, registry.BeforeChampion];
        RegisteredBundle[] old = [.. registry.Bundles.Where(b => PipelineRun.Parse(b.Date) < oldest && !champions.Contains(b))];
        foreach (var bundle in old)
        {
            string folder = Path.Combine(run.Bundles, bundle.Version);
            if (!Directory.Exists(folder)) continue;
            Directory.Delete(folder, recursive: true);
            console.Say($"  removed bundle {bundle.Version} of {bundle.Date}");
        }

        foreach (var day in run.OtherDays().Where(d => d.Date < oldest).ToList()) Remove(day, console);
        return registry with { Bundles = [.. registry.Bundles.Where(b => !old.Contains(b) || b.Withdrawn)] };
    }

    private static void Remove(PipelineRun day, RunConsole console)
    {
        try
        {
            using var alone = RunLock.Take(day.Folder);
            Directory.Delete(day.Folder, recursive: true);
            console.Say($"  removed the steps of {day.DateText}");
        }
        catch (RecipeException)
        {
            console.Say($"  {day.DateText} is being run: its steps stay for now");
        }
    }
}
