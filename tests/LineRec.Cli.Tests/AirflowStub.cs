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
                self.tasks = []

            def __enter__(self):
                DAG.current = self
                return self

            def __exit__(self, *_):
                return False

        """;

    private const string BashModule = """
        from airflow import DAG

        class BashOperator:
            def __init__(self, *, task_id, bash_command, retries=None):
                self.task = dict(Id=task_id, Command=bash_command, Retries=retries, Upstream=[])
                DAG.current.tasks.append(self.task)

            def __rrshift__(self, others):
                self.task["Upstream"] += [o.task["Id"] for o in others]
                return self

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
