namespace LineRec.Cli.Tests;

/// <summary>The exported DAG, obeyed as Airflow would: Python reads it, each task's command runs in a shell of its own, in topological order.</summary>
[Collection(nameof(SmallShop))]
public sealed class AirflowTests(SmallShop shop)
{
    private readonly AirflowStub _airflow = AirflowStub.Create(shop.NewFolder());

    [Fact]
    public async Task Each_tasks_command_run_twice_in_topological_order_gives_what_a_local_run_gives()
    {
        string output = shop.NewFolder(), dag = Path.Combine(_airflow.Folder, "dag.py");
        await Cli.JsonAsync("airflow", "export", "--out", dag, "--config", shop.Config);
        var tasks = await _airflow.ReadAsync(dag);
        Assert.Equal(SmallShop.Steps, tasks.Select(t => t.Id));
        var environment = new Dictionary<string, string> { ["LINEREC_LOG"] = shop.Log, ["LINEREC_OUT"] = output };
        for (int pass = 0; pass < 2; pass++)
        {
            var done = new HashSet<string>();
            while (tasks.FirstOrDefault(t => !done.Contains(t.Id) && done.IsSupersetOf(t.Upstream)) is { } task)
            {
                string printed = await AirflowStub.ShellAsync(task.Command.Replace("{{ ds }}", SmallShop.LastDate, StringComparison.Ordinal), environment);
                Assert.Contains($"\"ran\": {(pass == 0 ? "true" : "false")}", printed, StringComparison.Ordinal);
                done.Add(task.Id);
            }

            Assert.Equal(tasks.Count, done.Count);
            Assert.Equal(SmallShop.Results(shop.Whole), SmallShop.Results(output));
        }
    }

    [Fact]
    public async Task The_dag_compiles_has_the_configured_schedule_and_does_not_try_the_gate_again()
    {
        string dag = Path.Combine(_airflow.Folder, "daily.py");
        await Cli.JsonAsync("airflow", "export", "--out", dag, "--config", shop.ConfigWith("airflow: { dag_id: shop.daily, schedule: \"0 3 * * *\", start_date: 2026-02-03, retries: 4, retry_delay_minutes: 7 }"));
        await AirflowStub.PythonAsync("-m", "py_compile", dag);
        var tasks = await _airflow.ReadAsync(dag);
        Assert.Equal("shop.daily|0 3 * * *|2026-02-03T00:00:00+00:00|True|1|4|0:07:00", _airflow.Dag);
        Assert.All(tasks, t => Assert.Equal(t.Id == "gate" ? 0 : null, t.Retries));
        Assert.All(tasks, t => Assert.Contains("--date {{ ds }}", t.Command, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folders_reach_the_command_whatever_is_in_their_names()
    {
        string dag = Path.Combine(_airflow.Folder, "quoted.py");
        await Cli.JsonAsync("airflow", "export", "--out", dag, "--data", "/srv/it's a \"log\" $HOME", "--models", "/srv/\\shop");
        var task = (await _airflow.ReadAsync(dag))[0];
        string printed = await AirflowStub.ShellAsync(task.Command.Replace("linerec ", "printf '%s\\n' ", StringComparison.Ordinal), []);
        Assert.Contains("/srv/it's a \"log\" $HOME\n--out\n/srv/\\shop\n", printed, StringComparison.Ordinal);

        var (code, _, error) = await Cli.RunAsync("airflow", "export", "--out", dag, "--data", "/srv/{{ x }}");
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("Airflow would take its braces for a template", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_the_folders_is_told_the_variables_name()
    {
        string dag = Path.Combine(_airflow.Folder, "unset.py");
        await Cli.JsonAsync("airflow", "export", "--out", dag);
        var task = (await _airflow.ReadAsync(dag))[0];
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => AirflowStub.ShellAsync(task.Command, []));
        Assert.Contains("LINEREC_LOG: set it to a folder", error.Message, StringComparison.Ordinal);
    }
}
