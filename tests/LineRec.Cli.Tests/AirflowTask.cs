namespace LineRec.Cli.Tests;

/// <summary>A task of a DAG that was read.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Entry">What the command is given to: bash -c.</param>
/// <param name="Command">Its command, templates not filled in.</param>
/// <param name="Retries">Its own number of retries; null for the DAG's.</param>
/// <param name="Sla">By when it should be done after its time; null where nobody says.</param>
/// <param name="Upstream">The tasks that run before it.</param>
/// <param name="Pod">Name, namespace, image and template of its pod; null where it has none.</param>
internal sealed record AirflowTask(string Id, List<string> Entry, string Command, int? Retries, string? Sla, List<string> Upstream, string? Pod);
