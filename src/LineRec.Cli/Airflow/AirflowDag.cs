using System.Globalization;
using System.Text;
using LineRec.Recipes;

namespace LineRec.Cli.Airflow;

/// <summary>Writes the pipeline's graph as a DAG for Airflow 2.4 and later.</summary>
internal static class AirflowDag
{
    /// <summary>Writes the DAG.</summary>
    /// <param name="settings">Name, schedule and retries.</param>
    /// <param name="data">The log's folder; null for the workers' LINEREC_LOG.</param>
    /// <param name="models">The folder of results; null for the workers' LINEREC_OUT.</param>
    /// <param name="config">The configuration file; null for the defaults.</param>
    /// <returns>The text of a Python file.</returns>
    public static string Write(RecipeSettings settings, string? data, string? models, string? config)
    {
        var start = DateOnly.ParseExact(settings.StartDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Written by 'linerec airflow export'. Change the configuration and export anew rather than this file.
            from datetime import datetime, timedelta, timezone

            from airflow import DAG

            try:
                from airflow.providers.standard.operators.bash import BashOperator  # Airflow 3
            except ImportError:
                from airflow.operators.bash import BashOperator

            # A run is about its logical date alone, and a step that is done does nothing anew: retries, clearing and backfills are safe.
            # One run at a time, so that each day's bundle is compared with that of the day before.
            with DAG(
                dag_id={Python(settings.DagId)},
                schedule={Python(settings.Schedule)},
                start_date=datetime({start.Year}, {start.Month}, {start.Day}, tzinfo=timezone.utc),
                catchup=True,
                max_active_runs=1,
                default_args=dict(retries={settings.Retries}, retry_delay=timedelta(minutes={settings.RetryDelayMinutes})),
                tags=["linerec"],
            ) as dag:

            """));
        foreach (var step in PipelineGraph.Steps)
        {
            // What the gate refuses once it refuses again.
            string retries = step is GateStep ? "retries=0, " : "";
            text.Append(CultureInfo.InvariantCulture, $"    {Name(step.Name)} = BashOperator(task_id={Python(step.Name)}, {retries}bash_command={Python(Command(step.Name, data, models, config))})\n");
        }

        text.Append('\n');
        foreach (var step in PipelineGraph.Steps.Where(s => s.Needs.Count > 0))
            text.Append(CultureInfo.InvariantCulture, $"    [{string.Join(", ", step.Needs.Select(Name))}] >> {Name(step.Name)}\n");
        return text.ToString();
    }

    private static string Command(string step, string? data, string? models, string? config) =>
        $"linerec pipeline run --step {step} --date {{{{ ds }}}} --data {Folder(data, "LINEREC_LOG")} --out {Folder(models, "LINEREC_OUT")}{(config is null ? "" : $" --config {Shell(config)}")} --json";

    private static string Folder(string? path, string variable) => path is null ? $"\"${{{variable}:?set it to a folder}}\"" : Shell(path);

    private static string Name(string step) => step.Replace('-', '_');

    /// <summary>A word of the shell, whatever is in it; Airflow's templates must not see braces in it.</summary>
    private static string Shell(string word) => word.Contains("{{", StringComparison.Ordinal) || word.Contains("{%", StringComparison.Ordinal) || word.Any(char.IsControl)
        ? throw new RecipeException(RecipeFault.Input, $"'{word}' can't be a path in a DAG: Airflow would take its braces for a template. Use another path.")
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Python(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
