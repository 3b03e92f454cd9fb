using System.CommandLine;
using LineRec.Cli.Airflow;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec airflow export</c>: writes the same graph as a DAG.</summary>
internal static class AirflowExportVerb
{
    public static Command Create(Terminal terminal)
    {
        var output = CommonOptions.Out("The Python file to write, for Airflow's dags folder.");
        var config = CommonOptions.Config();
        var data = new Option<string?>("--data") { Description = "The log's folder, as Airflow's workers see it. Default: their variable LINEREC_LOG." };
        var models = new Option<string?>("--models") { Description = "The --out of 'pipeline run', as they see it. Default: their variable LINEREC_OUT." };
        var segments = new Option<string?>("--segments") { Description = "Where hosts write their exposure log, as Airflow's workers see it: a task compacts it first. Default: rankers learn from replays alone." };
        var exposures = new Option<string?>("--exposures") { Description = "Where it is compacted to; goes with --segments." };
        var json = CommonOptions.Json();
        var command = new Command("export", """
            Writes the daily loop as an Airflow DAG: a BashOperator a step, or with airflow.operator: kubernetes_pod in the configuration a KubernetesPodOperator, each for the run's logical date.
            Retries and backfills are safe: a task does nothing anew that is done.

            Examples:
              linerec airflow export --out dags/linerec_daily.py
              linerec airflow export --out dags/linerec_daily.py --config /etc/linerec.yaml --data /srv/log --models /srv/shop
              linerec airflow export --out dags/linerec_daily.py --data /srv/log --models /srv/shop --segments /srv/segments --exposures /srv/exposures
            """) { output, config, data, models, segments, exposures, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            string? file = parsed.GetValue(config);
            var settings = SettingsFile.Read(file);
            if (parsed.GetValue(segments) is null != parsed.GetValue(exposures) is null) throw new RecipeException(RecipeFault.Input, "--segments and --exposures go together: where hosts write, and where it is compacted to.");
            string path = Path.GetFullPath(parsed.GetValue(output)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, AirflowDag.Write(settings, parsed.GetValue(data), parsed.GetValue(models), file is null ? null : Path.GetFullPath(file), parsed.GetValue(segments), parsed.GetValue(exposures)));
            var tasks = AirflowDag.Tasks(parsed.GetValue(segments) is not null);
            terminal.Write(parsed.GetValue(json), new { Out = path, settings.DagId, Tasks = tasks }, $"Wrote DAG {settings.DagId} with {tasks.Count} tasks to {path}");
            return ExitCode.Done;
        });
        return command;
    }
}
