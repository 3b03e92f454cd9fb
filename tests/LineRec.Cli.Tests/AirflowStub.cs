using System.Diagnostics;
using System.Text.Json;

namespace LineRec.Cli.Tests;

/// <summary>The part of Airflow that an exported DAG touches, in Python, and a shell whose <c>linerec</c> is the one under test.</summary>
internal sealed class AirflowStub
{
    private const string DagModule = """
        class DAG:
            def __init__(self, *, dag_id, schedule, start_date, catchup, max_active_runs, default_args, tags):
                self.text = f"{dag_id}|{schedule}|{start_date.isoformat()}|{catchup}|{max_active_runs}|{default_args['retries']}|{default_args['retry_delay']}"
                self.default_args = default_args
                self.tasks = []

            def __enter__(self):
                DAG.current = self
                return self

            def __exit__(self, *_):
                return False


        # What it takes of an operator's own arguments comes from the DAG's default_args where it isn't given.
        class BaseOperator:
            def __init__(self, *, task_id, retries=None, retry_delay=None, sla=None):
                defaults = DAG.current.default_args
                unknown = set(defaults) - {"retries", "retry_delay", "sla"}
                assert not unknown, unknown
                sla = sla or defaults.get("sla")
                self.task = dict(Id=task_id, Retries=retries, Sla=str(sla) if sla else None, Upstream=[])
                DAG.current.tasks.append(self.task)

            def __rrshift__(self, others):
                self.task["Upstream"] += [o.task["Id"] for o in others]
                return self

        """;

    private const string BashModule = """
        from airflow import BaseOperator

        class BashOperator(BaseOperator):
            def __init__(self, *, bash_command, **kwargs):
                super().__init__(**kwargs)
                self.task.update(Entry=["bash", "-c"], Command=bash_command)

        """;

    // The constructor's arguments are those of version 10 of the provider; what else is given goes to BaseOperator, which refuses what it doesn't know.
    private const string PodModule = """
        import re
        from airflow import BaseOperator

        class KubernetesPodOperator(BaseOperator):
            def __init__(
                self, *, kubernetes_conn_id="kubernetes_default", namespace=None, image=None, name=None, random_name_suffix=True, cmds=None, arguments=None, ports=None, volume_mounts=None,
                volumes=None, env_vars=None, env_from=None, secrets=None, in_cluster=None, cluster_context=None, labels=None, reattach_on_restart=True, startup_timeout_seconds=120,
                startup_check_interval_seconds=5, schedule_timeout_seconds=None, get_logs=True, base_container_name=None, base_container_status_polling_interval=1, init_container_logs=None,
                container_logs=None, image_pull_policy=None, annotations=None, container_resources=None, affinity=None, config_file=None, node_selector=None, image_pull_secrets=None,
                service_account_name=None, automount_service_account_token=None, hostnetwork=False, host_aliases=None, tolerations=None, security_context=None,
                container_security_context=None, dnspolicy=None, dns_config=None, hostname=None, subdomain=None, schedulername=None, full_pod_spec=None, init_containers=None,
                log_events_on_failure=False, do_xcom_push=False, pod_template_file=None, pod_template_dict=None, priority_class_name=None, pod_runtime_info_envs=None,
                termination_grace_period=None, configmaps=None, skip_on_exit_code=None, deferrable=False, poll_interval=2, log_pod_spec_on_failure=True, on_finish_action="delete_pod",
                termination_message_policy="File", active_deadline_seconds=None, callbacks=None, progress_callback=None, logging_interval=None, trigger_kwargs=None,
                container_name_log_prefix_enabled=True, log_formatter=None, **kwargs,
            ):
                super().__init__(**kwargs)
                assert re.fullmatch("[a-z0-9]([a-z0-9-]*[a-z0-9])?", name) and len(name) < 200, name
                [command] = arguments
                self.task.update(Entry=cmds, Command=command, Pod=f"{name}|{namespace}|{image}|{pod_template_file}")

        """;

    private const string Reader = """
        import json, runpy, sys
        sys.path.insert(0, sys.argv[1])
        runpy.run_path(sys.argv[2])
        from airflow import DAG
        print(json.dumps(dict(Dag=DAG.current.text, Tasks=DAG.current.tasks)))
        """;

    private AirflowStub(string folder) => Folder = folder;

    /// <summary>Its own folder.</summary>
    public string Folder { get; }

    /// <summary>The DAG that was read last: id, schedule, start, catch-up, runs at once, retries, delay.</summary>
    public string Dag { get; private set; } = "";

    public static AirflowStub Create(string folder)
    {
        string operators = Directory.CreateDirectory(Path.Combine(folder, "airflow", "operators")).FullName;
        File.WriteAllText(Path.Combine(folder, "airflow", "__init__.py"), DagModule);
        File.WriteAllText(Path.Combine(operators, "__init__.py"), "");
        File.WriteAllText(Path.Combine(operators, "bash.py"), BashModule);
        string pods = Directory.CreateDirectory(Path.Combine(folder, "airflow", "providers", "cncf", "kubernetes", "operators")).FullName; // packages without an __init__.py, as Airflow's are
        File.WriteAllText(Path.Combine(pods, "pod.py"), PodModule);
        return new AirflowStub(folder);
    }

    /// <summary>Runs Python; skips the test where there is none.</summary>
    public static async Task<string> PythonAsync(params string[] arguments)
    {
        try
        {
            return await RunAsync(new ProcessStartInfo("python3", arguments));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 to read the DAG.");
            throw;
        }
    }

    /// <summary>Reads a DAG as Airflow's scheduler does: by running it.</summary>
    public async Task<List<AirflowTask>> ReadAsync(string dag)
    {
        var read = JsonSerializer.Deserialize<AirflowDescription>(await PythonAsync("-c", Reader, Folder, dag))!;
        Dag = read.Dag;
        return read.Tasks;
    }

    /// <summary>Runs a command as a BashOperator does.</summary>
    public static Task<string> ShellAsync(string command, Dictionary<string, string> environment)
    {
        string linerec = $"linerec() {{ dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"; }}";
        var start = new ProcessStartInfo("bash", ["-c", $"{linerec}\n{command}"]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return RunAsync(start);
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await error}");
    }

    private sealed record AirflowDescription(string Dag, List<AirflowTask> Tasks);
}
