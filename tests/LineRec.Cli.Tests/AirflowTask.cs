namespace LineRec.Cli.Tests;

/// <summary>A task of a DAG that was read.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Command">Its command, templates not filled in.</param>
/// <param name="Retries">Its own number of retries; null for the DAG's.</param>
/// <param name="Upstream">The tasks that run before it.</param>
internal sealed record AirflowTask(string Id, string Command, int? Retries, List<string> Upstream);
