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
    public async Task Where_hosts_log_exposures_a_task_compacts_them_before_rankers_learn()
    {
        string dag = Path.Combine(_airflow.Folder, "exposures.py"), segments = shop.NewFolder(), exposures = shop.NewFolder();
        Directory.CreateDirectory(segments);
        await Cli.JsonAsync("airflow", "export", "--out", dag, "--data", shop.Log, "--models", shop.NewFolder(), "--segments", segments, "--exposures", exposures);
        var tasks = await _airflow.ReadAsync(dag);
        Assert.Equal(["exposures", .. SmallShop.Steps], tasks.Select(t => t.Id));
        Assert.Contains("exposures", tasks.Single(t => t.Id == "rankers").Upstream);
        Assert.All(tasks.Skip(1), t => Assert.Contains($"--exposures '{exposures}'", t.Command, StringComparison.Ordinal));
        Assert.Contains("\"requests\": 0", await AirflowStub.ShellAsync(tasks[0].Command, []), StringComparison.Ordinal);

        var (code, _, error) = await Cli.RunAsync("airflow", "export", "--out", dag, "--segments", segments);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("go together", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dag_compiles_has_the_configured_schedule_and_does_not_try_the_gate_again()
    {
        string dag = Path.Combine(_airflow.Folder, "daily.py");
        await Cli.JsonAsync("airflow", "export", "--out", dag, "--config", shop.ConfigWith("airflow: { dag_id: shop.daily, schedule: \"0 3 * * *\", start_date: 2026-02-03, retries: 4, retry_delay_minutes: 7 }"));
        await AirflowStub.PythonAsync("-m", "py_compile", dag);
        var tasks = await _airflow.ReadAsync(dag);
        Assert.Equal("shop.daily|0 3 * * *|2026-02-03T00:00:00+00:00|True|1|4|0:07:00", _airflow.Dag);
        Assert.All(tasks, t => Assert.Equal((t.Id == "gate" ? 0 : null, (string?)null), (t.Retries, t.Sla)));
        Assert.All(tasks, t => Assert.Contains("--date {{ ds }}", t.Command, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_run_the_same_commands_in_the_same_order()
    {
        string bash = Path.Combine(_airflow.Folder, "bash.py"), pods = Path.Combine(_airflow.Folder, "pods.py");
        string[] export = ["airflow", "export", "--data", shop.Log, "--models", shop.NewFolder(), "--out"];
        await Cli.JsonAsync([.. export, bash, "--config", shop.ConfigWith("airflow: { retries: 4, sla_minutes: 90 }")]);
        await Cli.JsonAsync([.. export, pods, "--config", shop.ConfigWith("airflow: { retries: 4, sla_minutes: 90, operator: kubernetes_pod, image: \"registry.example.com/linerec:1.0\", namespace: shop, pod_template: /etc/airflow/pod.yaml }")]);
        await AirflowStub.PythonAsync("-m", "py_compile", pods);
        var inShell = await _airflow.ReadAsync(bash);
        string dag = _airflow.Dag;
        var inPods = await _airflow.ReadAsync(pods);

        Assert.Equal(dag, _airflow.Dag);
        Assert.All(inPods, t => Assert.Equal($"linerec-{t.Id}|shop|registry.example.com/linerec:1.0|/etc/airflow/pod.yaml", t.Pod));
        Assert.All(inShell.Concat(inPods), t => Assert.Equal("1:30:00", t.Sla));
        Assert.Equal(inShell.Select(Described), inPods.Select(Described));
        string printed = await AirflowStub.ShellAsync(inPods[0].Command.Replace("{{ ds }}", SmallShop.LastDate, StringComparison.Ordinal), []);
        Assert.Contains("\"step\": \"profile\"", printed, StringComparison.Ordinal);

        // But for the configuration that each was exported from.
        static string Described(AirflowTask task) => $"{task.Id}|{string.Join(' ', task.Entry)}|{System.Text.RegularExpressions.Regex.Replace(task.Command, "--config '[^']*'", "")}|{task.Retries}|{string.Join(' ', task.Upstream)}";
    }

    [Fact]
    public async Task Pods_without_an_image_or_with_what_cant_be_one_are_refused()
    {
        string dag = Path.Combine(_airflow.Folder, "none.py");
        await FailsAsync("airflow: { operator: kubernetes_pod }", "airflow.image is empty. Name an image");
        await FailsAsync("airflow: { operator: kubernetes_pod, image: \"a b\" }", "'airflow.image' is 'a b'; it must be an image's name");
        await FailsAsync("airflow: { namespace: Shop }", "'airflow.namespace' is 'Shop'; it must be a namespace's name");
        await FailsAsync("airflow: { operator: kubernetes }", "it must be one of bash, kubernetes_pod");
        await FailsAsync("airflow: { pod_template: \"/etc/{{ x }}.yaml\" }", "without braces");

        async Task FailsAsync(string settings, string message)
        {
            var (code, _, error) = await Cli.RunAsync("airflow", "export", "--out", dag, "--config", shop.ConfigWith(settings));
            Assert.Equal((int)ExitCode.Usage, code);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.False(File.Exists(dag), "A refused export wrote something.");
        }
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
