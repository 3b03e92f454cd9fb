using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>Counts what the log holds, and stops a run whose log is too short or lacks what models learn from.</summary>
internal sealed class ProfileStep() : PipelineStep(StepName, "counts the log's events, users, items and days, and checks that there is enough to train on")
{
    public const string StepName = "profile";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "target"];

    public override void Run(StepContext context)
    {
        var (profile, targets) = context.Console.Step("Profile the log", _ => Count(context.Run, context.Data));
        RequireEnough(context.Run, profile, targets);
        RecipeJson.Write(Path.Combine(context.Directory, LogProfile.FileName), profile);
    }

    /// <summary>Counts what a log holds up to the run's date.</summary>
    /// <returns>The counts, and the events of the target by day.</returns>
    /// <exception cref="RecipeException">There is no event.</exception>
    public static (LogProfile Profile, SortedDictionary<DateOnly, long> Targets) Count(PipelineRun run, RunData data)
    {
        var catalog = data.Catalog;
        var target = Enum.Parse<EventType>(run.Settings.Target, ignoreCase: true);
        var users = new HashSet<string>(StringComparer.Ordinal);
        SortedDictionary<string, long> types = new(StringComparer.Ordinal), days = new(StringComparer.Ordinal), placements = new(StringComparer.Ordinal);
        var targets = new SortedDictionary<DateOnly, long>();
        long first = long.MaxValue, last = long.MinValue, unknown = 0, end = run.End.ToUnixTimeMilliseconds();
        foreach (var batch in data.Log.ReadEvents(EventColumns.Placement))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                var row = batch[i];
                if (row.UnixMilliseconds >= end) continue;
                (first, last) = (Math.Min(first, row.UnixMilliseconds), Math.Max(last, row.UnixMilliseconds));
                var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.UnixMilliseconds).UtcDateTime);
                users.Add(row.UserId);
                Add(types, row.Type.ToString());
                Add(days, PipelineRun.Text(day));
                if (row.Type == EventType.Impression) Add(placements, row.Placement ?? "");
                if (row.Type == target) targets[day] = targets.GetValueOrDefault(day) + 1;
                if (row.ItemId is { } item && row.Type != EventType.Search && !catalog.TryGetRow(item, out _)) unknown++;
            }
        }

        if (first == long.MaxValue) throw Short(run, $"has no event up to {run.DateText}", "Give a later --date, or the folder of another log to --data.");
        var profile = new LogProfile
        {
            First = DateTimeOffset.FromUnixTimeMilliseconds(first),
            Last = DateTimeOffset.FromUnixTimeMilliseconds(last),
            Split = run.Split,
            Users = users.Count,
            Items = catalog.Count,
            EventsOfUnknownItems = unknown,
            Events = types,
            Days = days,
            Placements = placements,
            HasImpressions = placements.Count > 0,
        };
        return (profile, targets);
    }

    private static void RequireEnough(PipelineRun run, LogProfile profile, SortedDictionary<DateOnly, long> targets)
    {
        if (!profile.Days.ContainsKey(run.DateText))
            throw new RecipeException(RecipeFault.NotReady, $"The log '{run.Data}' has no event of {run.DateText} yet. Wait until that day has arrived, or give an earlier --date.");
        var (days, windows) = (run.Settings.WindowDays, run.Settings.LearningWindows);
        var needed = run.FirstInstant;
        if (profile.First >= needed)
        {
            throw Short(
                run,
                $"begins at {profile.First:yyyy-MM-dd HH:mm}; with window_days {days} and learning_windows {windows} it must begin before {needed:yyyy-MM-dd}, for a run of {run.DateText}",
                "Lower these settings, or wait until the log is longer.");
        }

        for (int window = 0; window <= windows; window++)
        {
            var from = DateOnly.FromDateTime(run.End.AddDays(-days * (window + 1)).UtcDateTime);
            if (!targets.Keys.Any(d => d >= from && d < from.AddDays(days)))
                throw Short(run, $"has no {run.Settings.Target} from {PipelineRun.Text(from)} to {PipelineRun.Text(from.AddDays(days - 1))}", "Raise window_days, set another target, or see why these days are missing.");
        }
    }

    private static RecipeException Short(PipelineRun run, string problem, string remedy) => new(RecipeFault.Input, $"The log '{run.Data}' {problem}. {remedy}");

    private static void Add(SortedDictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
