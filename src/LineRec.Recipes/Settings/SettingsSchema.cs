using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LineRec.Recipes;

/// <summary>All settings, each once: the file's reader, the file that shows the defaults, and the steps' records are made from it.</summary>
internal static partial class SettingsSchema
{
    /// <summary>The settings in the order of the file.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Setting.Integer("seed", int.MinValue, int.MaxValue, "the seed of everything that is random", s => s.Seed, (s, v) => s with { Seed = v }),
        Setting.Integer("window_days", 1, 90, "days of the test at the end; rankers learn from windows of this length before it", s => s.WindowDays, (s, v) => s with { WindowDays = v }),
        Setting.Integer("learning_windows", 1, 30, "how many windows before the test rankers learn from; two-towers to train: one more", s => s.LearningWindows, (s, v) => s with { LearningWindows = v }),
        Setting.Choice("task", [EvaluationTask.Discovery, EvaluationTask.All], "discovery: items not bought before; all: any item", s => s.Task, (s, v) => s with { Task = v }),
        Setting.Choice("target", ["purchase", "click", "cart", "favourite"], "the event that counts as turning to an item", s => s.Target, (s, v) => s with { Target = v }),
        Setting.Integer("two_tower.dimension", 4, 1024, "the length of the vectors", s => s.Dimension, (s, v) => s with { Dimension = v }),
        Setting.Integer("two_tower.epochs", 1, 1000, "epochs at the most", s => s.TowerEpochs, (s, v) => s with { TowerEpochs = v }),
        Setting.Integer("two_tower.patience", 1, 1000, "epochs without a better recall after which training ends", s => s.Patience, (s, v) => s with { Patience = v }),
        Setting.Integer("two_tower.uniform_negatives", 0, 1_000_000, "evenly drawn negatives a step", s => s.UniformNegatives, (s, v) => s with { UniformNegatives = v }),
        Setting.Integer("two_tower.full_every", 1, 365, "days from one training from nothing to the next; on those between, training goes on from the day before", s => s.FullEvery, (s, v) => s with { FullEvery = v }),
        Setting.Integer("two_tower.daily_epochs", 1, 100, "epochs over what is new, on the days between", s => s.DailyEpochs, (s, v) => s with { DailyEpochs = v }),
        Setting.Integer("item_to_item.neighbours", 1, 10_000, "neighbours an item keeps", s => s.Neighbours, (s, v) => s with { Neighbours = v }),
        Setting.Integer("rankers.epochs", 1, 1000, "epochs at the most", s => s.RankerEpochs, (s, v) => s with { RankerEpochs = v }),
        Setting.Integer("rankers.ensemble", 1, 32, "networks that are averaged in one graph", s => s.Ensemble, (s, v) => s with { Ensemble = v }),
        Setting.Integer("rankers.max_lists", 1, 100_000_000, "lists a placement and window learns from at the most", s => s.MaxLists, (s, v) => s with { MaxLists = v }),
        Setting.Integer("rankers.max_cases", 1, 100_000_000, "users a window asks at the most", s => s.MaxCases, (s, v) => s with { MaxCases = v }),
        Setting.Choice("gate.metric", ["ndcg_at_20", "recall_at_20", "hit_rate_at_20", "mrr"], "what the champion is compared by", s => s.Metric, (s, v) => s with { Metric = v }),
        Setting.Number("gate.max_loss", 0, 1, "the share of the champion's figure that a bundle may lose, if the loss isn't sure", s => s.MaxLoss, (s, v) => s with { MaxLoss = v }),
        Setting.Integer("retention.keep_days", 0, 10_000, "days whose steps and bundles are kept, champions aside; 0: all", s => s.KeepDays, (s, v) => s with { KeepDays = v }),
        Setting.Text("airflow.dag_id", "letters, digits, '.', '_' or '-'", t => DagId().IsMatch(t), "the DAG's name", s => s.DagId, (s, v) => s with { DagId = v }),
        Setting.Text("airflow.schedule", "a cron expression or preset", t => Schedule().IsMatch(t), "when it runs", s => s.Schedule, (s, v) => s with { Schedule = v }),
        Setting.Text("airflow.start_date", "a date as yyyy-MM-dd", t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "the first logical date", s => s.StartDate, (s, v) => s with { StartDate = v }),
        Setting.Integer("airflow.retries", 0, 100, "how often Airflow tries a task again", s => s.Retries, (s, v) => s with { Retries = v }),
        Setting.Integer("airflow.retry_delay_minutes", 0, 10_000, "how long it waits before", s => s.RetryDelayMinutes, (s, v) => s with { RetryDelayMinutes = v }),
    ];

    /// <summary>The values of some settings, as a step records them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="prefixes">Names, or sections that end with '.'.</param>
    public static string Describe(RecipeSettings settings, IReadOnlyList<string> prefixes) =>
        string.Join("; ", All.Where(s => prefixes.Any(p => p.EndsWith('.') ? s.Name.StartsWith(p, StringComparison.Ordinal) : s.Name == p)).Select(s => $"{s.Name}: {s.Read(settings)}"));

    /// <summary>The settings as a YAML file that explains itself.</summary>
    public static string ToYaml(RecipeSettings settings)
    {
        var text = new StringBuilder();
        string section = "";
        foreach (var setting in All)
        {
            string[] path = setting.Name.Split('.');
            string own = path.Length == 2 ? path[0] : "";
            if (own != section) text.Append(own).Append(":\n");
            section = own;
            string value = setting.Read(settings);
            if (value.Length > 0 && !char.IsAsciiLetterOrDigit(value[0]) && value[0] != '-') value = $"\"{value}\"";
            text.Append(own.Length > 0 ? "  " : "").Append(path[^1]).Append(": ").Append(value).Append("  # ").Append(setting.Meaning).Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^[\w.-]{1,250}$")]
    private static partial Regex DagId();

    [GeneratedRegex(@"^[@\w*/,\- ]{1,100}$")]
    private static partial Regex Schedule();
}
