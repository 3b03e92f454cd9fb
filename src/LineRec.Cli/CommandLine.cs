using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LineRec.Cli.Verbs;

namespace LineRec.Cli;

/// <summary>The command line: all verbs, and what becomes of their errors.</summary>
internal static class CommandLine
{
    /// <summary>How long a command that was told to end may take for it; then the process ends all the same, and the next run removes what it left.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    /// <summary>Parses and runs.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Results: text, or one JSON document with <c>--json</c>.</param>
    /// <param name="error">Progress and errors.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Create(output, error).Parse(args);
        int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd }).ConfigureAwait(false);
        return parsed.Action is ParseErrorAction ? (int)ExitCode.Usage : code;
    }

    /// <summary>All verbs.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var terminal = new Terminal(output, error);
        var root = new Command("linerec", "LineRec's command line: from a shop's log to a published bundle.") // a RootCommand would be named after the assembly
        {
            new HelpOption(),
            new VersionOption(),
            SimulateVerb.Create(terminal),
            new Command("pipeline", "Runs the daily loop, or says how it stands.") { PipelineRunVerb.Create(terminal), PipelineStatusVerb.Create(terminal) },
            ConvertVerb.Create(terminal),
            ProfileVerb.Create(terminal),
            FitVerb.Create(terminal),
            StepsVerb.Train(terminal),
            SweepVerb.Create(terminal),
            EmbedVerb.Create(terminal),
            IndexVerb.Create(terminal),
            StepsVerb.Bundle(terminal),
            EvaluateVerb.Create(terminal),
            ExplainVerb.Create(terminal),
            ServeVerb.Create(terminal),
            PublishVerb.Create(terminal),
            RegistryVerb.Create(terminal),
            RollbackVerb.Create(terminal),
            RunsVerb.Create(terminal),
            new Command("exposures", "Looks after the exposure log that hosts write.") { ExposuresCompactVerb.Create(terminal) },
            ReportVerb.Create(terminal),
            ConfigVerb.Create(terminal),
            new Command("airflow", "Hands the daily loop to Airflow.") { AirflowExportVerb.Create(terminal) },
        };
        root.Add(CompletionVerb.Create(terminal, root));
        return root;
    }
}
