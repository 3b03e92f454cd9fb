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
        Setting.Integer("checkpoint_steps", 0, 1_000_000_000, "steps from one checkpoint of a training to the next, besides those after epochs; a killed one goes on from the last; 0: none", s => s.CheckpointSteps, (s, v) => s with { CheckpointSteps = v }),
        Setting.Integer("two_tower.dimension", 4, 1024, "the length of the vectors", s => s.Dimension, (s, v) => s with { Dimension = v }),
        Setting.Integer("two_tower.epochs", 1, 1000, "epochs at the most", s => s.TowerEpochs, (s, v) => s with { TowerEpochs = v }),
        Setting.Integer("two_tower.patience", 1, 1000, "epochs without a better recall after which training ends", s => s.Patience, (s, v) => s with { Patience = v }),
        Setting.Integer("two_tower.uniform_negatives", 0, 1_000_000, "evenly drawn negatives a step", s => s.UniformNegatives, (s, v) => s with { UniformNegatives = v }),
        Setting.Number("two_tower.learning_rate", 1e-6, 10, "the highest rate of the tables", s => s.TowerLearningRate, (s, v) => s with { TowerLearningRate = v }),
        Setting.Number("two_tower.temperature", 0.001, 10, "what the cosine is divided by in the loss", s => s.Temperature, (s, v) => s with { Temperature = v }),
        Setting.Integer("two_tower.batch_size", 2, 1_000_000, "positives a step, about", s => s.TowerBatchSize, (s, v) => s with { TowerBatchSize = v }),
        Setting.Integer("two_tower.item_hidden_width", 0, 10_000, "the width of the item tower's hidden layers; 0: none", s => s.ItemHiddenWidth, (s, v) => s with { ItemHiddenWidth = v }),
        Setting.Integer("two_tower.full_every", 1, 365, "days from one training from nothing to the next; on those between, training goes on from the day before", s => s.FullEvery, (s, v) => s with { FullEvery = v }),
        Setting.Integer("two_tower.daily_epochs", 1, 100, "epochs over what is new, on the days between", s => s.DailyEpochs, (s, v) => s with { DailyEpochs = v }),
        Setting.Integer("item_to_item.neighbours", 1, 10_000, "neighbours an item keeps", s => s.Neighbours, (s, v) => s with { Neighbours = v }),
        Setting.Integer("rankers.epochs", 1, 1000, "epochs at the most", s => s.RankerEpochs, (s, v) => s with { RankerEpochs = v }),
        Setting.Integer("rankers.ensemble", 1, 32, "networks that are averaged in one graph", s => s.Ensemble, (s, v) => s with { Ensemble = v }),
        Setting.Number("rankers.learning_rate", 1e-6, 10, "the highest rate", s => s.RankerLearningRate, (s, v) => s with { RankerLearningRate = v }),
        Setting.Number("rankers.dropout", 0, 0.95, "the share of each hidden layer that dropout drops", s => s.Dropout, (s, v) => s with { Dropout = v }),
        Setting.Number("rankers.weight_decay", 0, 10, "decoupled weight decay", s => s.WeightDecay, (s, v) => s with { WeightDecay = v }),
        Setting.Text("rankers.hidden_widths", "widths of 1 to 9999 joined by '-', such as 64-32", t => Widths().IsMatch(t), "the widths of the hidden layers", s => s.HiddenWidths, (s, v) => s with { HiddenWidths = v }),
        Setting.Integer("rankers.max_lists", 1, 100_000_000, "lists a placement and window learns from at the most", s => s.MaxLists, (s, v) => s with { MaxLists = v }),
        Setting.Integer("rankers.max_cases", 1, 100_000_000, "users a window asks at the most", s => s.MaxCases, (s, v) => s with { MaxCases = v }),
        Setting.Choice("gate.metric", ["ndcg_at_20", "recall_at_20", "hit_rate_at_20", "mrr"], "what the champion is compared by", s => s.Metric, (s, v) => s with { Metric = v }),
        Setting.Number("gate.max_loss", 0, 1, "the share of the champion's figure that a bundle may lose, if the loss isn't sure", s => s.MaxLoss, (s, v) => s with { MaxLoss = v }),
        Setting.Number("gate.max_slice_loss", 0, 1, "the share of the champion's figure that a placement, new users or known users may lose, where the loss is sure", s => s.MaxSliceLoss, (s, v) => s with { MaxSliceLoss = v }),
        Setting.Integer("gate.new_user_events", 1, 10_000, "up to so many events before the test a user is new", s => s.NewUserEvents, (s, v) => s with { NewUserEvents = v }),
        Setting.Integer("gate.max_bundle_megabytes", 0, 1_000_000, "how large a bundle may be; 0: as large as it is", s => s.MaxBundleMegabytes, (s, v) => s with { MaxBundleMegabytes = v }),
        Setting.Integer("gate.max_p99_milliseconds", 0, 100_000, "how long the 99th of 100 requests may take on the machine of the gate, one at a time; 0: isn't measured", s => s.MaxP99Milliseconds, (s, v) => s with { MaxP99Milliseconds = v }),
        Setting.Text("tracking.uri", "an MLflow server's address or a folder", _ => true, "where trainings are tracked: a folder such as mlruns, or an MLflow server; empty: nowhere", s => s.TrackingUri, (s, v) => s with { TrackingUri = v }),
        Setting.Text("tracking.experiment", "a name", t => t.Trim().Length > 0, "the experiment that runs belong to", s => s.Experiment, (s, v) => s with { Experiment = v }),
        Setting.Integer("retention.keep_days", 0, 10_000, "days whose steps and bundles are kept, champions aside; 0: all", s => s.KeepDays, (s, v) => s with { KeepDays = v }),
        Setting.Text("airflow.dag_id", "letters, digits, '.', '_' or '-'", t => DagId().IsMatch(t), "the DAG's name", s => s.DagId, (s, v) => s with { DagId = v }),
        Setting.Text("airflow.schedule", "a cron expression or preset", t => Schedule().IsMatch(t), "when it runs", s => s.Schedule, (s, v) => s with { Schedule = v }),
        Setting.Text("airflow.start_date", "a date as yyyy-MM-dd", t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "the first logical date", s => s.StartDate, (s, v) => s with { StartDate = v }),
        Setting.Integer("airflow.retries", 0, 100, "how often Airflow tries a task again", s => s.Retries, (s, v) => s with { Retries = v }),
        Setting.Integer("airflow.retry_delay_minutes", 0, 10_000, "how long it waits before", s => s.RetryDelayMinutes, (s, v) => s with { RetryDelayMinutes = v }),
        Setting.Integer("airflow.sla_minutes", 0, 100_000, "by when after its time a task should be done, for Airflow 2 to tell where it isn't; 0: at any time", s => s.SlaMinutes, (s, v) => s with { SlaMinutes = v }),
        Setting.Choice("airflow.operator", [AirflowOperators.Bash, AirflowOperators.KubernetesPod], "what runs a task: bash: a shell of Airflow's workers; kubernetes_pod: a pod of its own", s => s.AirflowOperator, (s, v) => s with { AirflowOperator = v }),
        Setting.Text("airflow.image", "an image's name, such as registry.example.com/linerec:1.0", t => t.Length == 0 || Image().IsMatch(t), "the pods' image, with linerec on its path; kubernetes_pod only", s => s.Image, (s, v) => s with { Image = v }),
        Setting.Text("airflow.namespace", "a namespace's name: up to 63 small letters, digits and '-'", t => Namespace().IsMatch(t), "the pods' namespace; kubernetes_pod only", s => s.Namespace, (s, v) => s with { Namespace = v }),
        Setting.Text("airflow.pod_template", "a file's path without braces or control characters", t => !t.Any(c => c is '{' or '}' || char.IsControl(c)), "the file, as Airflow sees it, with the pods' volumes and resources; empty: none; kubernetes_pod only", s => s.PodTemplate, (s, v) => s with { PodTemplate = v }),
        Setting.Choice("sweep.model", [SweepModels.TwoTower, SweepModels.Rankers], "whose settings 'linerec sweep' tries", s => s.SweepModel, (s, v) => s with { SweepModel = v }),
        Setting.Choice("sweep.method", ["asha", "random"], "asha: all begin short, the best go on; random: all are trained in full", s => s.SweepMethod, (s, v) => s with { SweepMethod = v }),
        Setting.Integer("sweep.trials", 1, 100_000, "how many combinations are tried; the first is the configuration as it is", s => s.SweepTrials, (s, v) => s with { SweepTrials = v }),
        Setting.Integer("sweep.min_epochs", 1, 1000, "the epochs that every trial gets; asha only", s => s.SweepMinEpochs, (s, v) => s with { SweepMinEpochs = v }),
        Setting.Integer("sweep.max_epochs", 1, 1000, "the epochs that the best get", s => s.SweepMaxEpochs, (s, v) => s with { SweepMaxEpochs = v }),
        Setting.Integer("sweep.reduction", 2, 100, "one in so many goes on to so many times the epochs; asha only", s => s.SweepReduction, (s, v) => s with { SweepReduction = v }),
    ];

    /// <summary>The values of some settings, as a step records them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="prefixes">Names, or sections that end with '.'.</param>
    public static string Describe(RecipeSettings settings, IReadOnlyList<string> prefixes) =>
        string.Join("; ", All.Where(s => prefixes.Any(p => p.EndsWith('.') ? s.Name.StartsWith(p, StringComparison.Ordinal) : s.Name == p)).Select(s => $"{s.Name}: {s.Read(settings)}"));

    /// <summary>The settings as a YAML file that explains itself.</summary>
    public static string ToYaml(RecipeSettings settings)
    {
        string ranges = string.Concat(settings.SweepRanges.Select(r => $"    {r.Setting}: {{ {SweepRange.KindName(r.Kind)}: [{string.Join(", ", r.Values)}] }}\n"));
        return ToYaml(settings, All) + (ranges.Length == 0 ? "" : "  ranges:\n" + ranges); // the last section is that of sweeps
    }

    /// <summary>The settings of models and judgement that aren't at their default, as a YAML file: how a sweep was made is left out.</summary>
    public static string ChangedToYaml(RecipeSettings settings) =>
        ToYaml(settings, [.. All.Where(s => !s.Name.StartsWith("sweep.", StringComparison.Ordinal) && s.Read(settings) != s.Read(new RecipeSettings()))]);

    private static string ToYaml(RecipeSettings settings, IReadOnlyList<Setting> shown)
    {
        var text = new StringBuilder();
        string section = "";
        foreach (var setting in shown)
        {
            string[] path = setting.Name.Split('.');
            string own = path.Length == 2 ? path[0] : "";
            if (own != section) text.Append(own).Append(":\n");
            section = own;
            string value = setting.Read(settings);
            if (value.Length == 0 || (!char.IsAsciiLetterOrDigit(value[0]) && value[0] != '-')) value = $"\"{value}\"";
            text.Append(own.Length > 0 ? "  " : "").Append(path[^1]).Append(": ").Append(value).Append("  # ").Append(setting.Meaning).Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^[1-9]\d{0,3}(-[1-9]\d{0,3}){0,7}$")]
    private static partial Regex Widths();

    [GeneratedRegex(@"^[\w.-]{1,250}$")]
    private static partial Regex DagId();

    [GeneratedRegex(@"^[@\w*/,\- ]{1,100}$")]
    private static partial Regex Schedule();

    [GeneratedRegex(@"^[a-zA-Z0-9][\w./:@-]{0,254}$")]
    private static partial Regex Image();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Namespace();
}
