using System.Globalization;
using System.Text;
using LineRec.Recipes;

namespace LineRec.Cli.Airflow;

/// <summary>Writes the pipeline's graph as a DAG for Airflow 2.4 and later.</summary>
internal static class AirflowDag
{
    private const string Exposures = "exposures"; // the task that compacts them

    private const string BashImport = """
        try:
            from airflow.providers.standard.operators.bash import BashOperator  # Airflow 3
        except ImportError:
            from airflow.operators.bash import BashOperator
        """;

    private const string PodImport = """
        try:
            from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
        except ImportError:
            from airflow.providers.cncf.kubernetes.operators.kubernetes_pod import KubernetesPodOperator  # earlier versions of the provider
        """;

    /// <summary>The names of the tasks.</summary>
    /// <param name="logsExposures">Whether hosts log exposures, which a task compacts.</param>
    public static IReadOnlyList<string> Tasks(bool logsExposures) => [.. logsExposures ? [Exposures] : Array.Empty<string>(), .. PipelineGraph.Steps.Select(s => s.Name)];

    /// <summary>Writes the DAG.</summary>
    /// <param name="settings">Name, schedule, retries, and what runs a task.</param>
    /// <param name="data">The log's folder; null for the workers' LINEREC_LOG.</param>
    /// <param name="models">The folder of results; null for the workers' LINEREC_OUT.</param>
    /// <param name="config">The configuration file; null for the defaults.</param>
    /// <param name="segments">Where hosts write the exposure log; null where they don't.</param>
    /// <param name="exposures">Where it is compacted to; given with <paramref name="segments"/>.</param>
    /// <returns>The text of a Python file.</returns>
    /// <exception cref="RecipeException">Pods are wanted and no image is named, or a path can't be in a DAG.</exception>
    public static string Write(RecipeSettings settings, string? data, string? models, string? config, string? segments = null, string? exposures = null)
    {
        bool isPod = settings.AirflowOperator == AirflowOperators.KubernetesPod;
        if (isPod && settings.Image.Length == 0)
            throw new RecipeException(RecipeFault.Input, $"airflow.operator is {AirflowOperators.KubernetesPod} and airflow.image is empty. Name an image in the configuration that has linerec on its path.");
        string sla = settings.SlaMinutes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", sla=timedelta(minutes={settings.SlaMinutes})");
        var start = DateOnly.ParseExact(settings.StartDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Written by 'linerec airflow export'. Change the configuration and export anew rather than this file.
            from datetime import datetime, timedelta, timezone

            from airflow import DAG

            {(isPod ? PodImport : BashImport)}

            # A run is about its logical date alone, and a step that is done does nothing anew: retries, clearing and backfills are safe.
            # One run at a time, so that each day's bundle is compared with that of the day before.
            with DAG(
                dag_id={Python(settings.DagId)},
                schedule={Python(settings.Schedule)},
                start_date=datetime({start.Year}, {start.Month}, {start.Day}, tzinfo=timezone.utc),
                catchup=True,
                max_active_runs=1,
                default_args=dict(retries={settings.Retries}, retry_delay=timedelta(minutes={settings.RetryDelayMinutes}){sla}),
                tags=["linerec"],
            ) as dag:

            """));
        if (isPod) text.Append("    pod = dict(").Append(PodArguments(settings)).Append(")\n");
        if (segments is not null) AddTask(Exposures, $"linerec exposures compact --in {Shell(segments)} --out {Shell(exposures!)} --json");
        foreach (var step in PipelineGraph.Steps) AddTask(step.Name, Command(step.Name, data, models, config, exposures), step is GateStep ? "retries=0, " : ""); // what the gate refuses once it refuses again
        text.Append('\n');
        if (segments is not null) text.Append(CultureInfo.InvariantCulture, $"    [{Name(Exposures)}] >> {Name(RankersStep.StepName)}\n");
        foreach (var step in PipelineGraph.Steps.Where(s => s.Needs.Count > 0))
            text.Append(CultureInfo.InvariantCulture, $"    [{string.Join(", ", step.Needs.Select(Name))}] >> {Name(step.Name)}\n");
        return text.ToString();

        void AddTask(string name, string command, string retries = "")
        {
            string task = isPod
                ? $"KubernetesPodOperator(task_id={Python(name)}, {retries}name={Python("linerec-" + name)}, arguments=[{Python(command)}], **pod)"
                : $"BashOperator(task_id={Python(name)}, {retries}bash_command={Python(command)})";
            text.Append(CultureInfo.InvariantCulture, $"    {Name(name)} = {task}\n");
        }
    }

    /// <summary>What all pods have in common. The command is the shell's, as a BashOperator's is.</summary>
    private static string PodArguments(RecipeSettings settings) =>
        $"namespace={Python(settings.Namespace)}, image={Python(settings.Image)}, cmds=[\"bash\", \"-c\"]{(settings.PodTemplate.Length == 0 ? "" : $", pod_template_file={Python(settings.PodTemplate)}")}";

    private static string Command(string step, string? data, string? models, string? config, string? exposures) =>
        $"linerec pipeline run --step {step} --date {{{{ ds }}}} --data {Folder(data, "LINEREC_LOG")} --out {Folder(models, "LINEREC_OUT")}{(exposures is null ? "" : $" --exposures {Shell(exposures)}")}{(config is null ? "" : $" --config {Shell(config)}")} --json";

    private static string Folder(string? path, string variable) => path is null ? $"\"${{{variable}:?set it to a folder}}\"" : Shell(path);

    private static string Name(string step) => step.Replace('-', '_');

    /// <summary>A word of the shell, whatever is in it; Airflow's templates must not see braces in it.</summary>
    private static string Shell(string word) => word.Contains("{{", StringComparison.Ordinal) || word.Contains("{%", StringComparison.Ordinal) || word.Any(char.IsControl)
        ? throw new RecipeException(RecipeFault.Input, $"'{word}' can't be a path in a DAG: Airflow would take its braces for a template. Use another path.")
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Python(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
