using System.CommandLine;
using LineRec.Data;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec exposures compact</c>: the segments that hosts wrote become Parquet.</summary>
internal static class ExposuresCompactVerb
{
    public static Command Create(Terminal terminal)
    {
        var input = new Option<string>("--in") { Description = "The folder that hosts write segments to (ExposureLogOptions.Folder).", Required = true };
        var output = CommonOptions.Out("The compacted log: date=2026-01-31/*.parquet. Made where it isn't there.");
        var json = CommonOptions.Json();
        var command = new Command("compact", """
            Turns the finished segments of the exposure log into Parquet, partitioned by day. Each request is in the log once, also after a run that was killed; segments are removed when what they held is
            on the disk. Damaged ones are moved into the folder quarantine beside them. Hosts may go on writing.

            Examples:
              linerec exposures compact --in /srv/segments --out /srv/exposures
              linerec exposures compact --in /srv/segments --out /srv/exposures --json
            """) { input, output, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var result = ExposureCompaction.Run(parsed.GetValue(input)!, parsed.GetValue(output)!, cancellationToken);
            terminal.Write(parsed.GetValue(json), result, Describe(result));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(ExposureCompactionResult result) => string.Join(Environment.NewLine,
    [
        FormattableString.Invariant($"{result.Requests} requests of {result.Segments} segments ({result.CutSegments} of them without an end) in {result.Files.Count} files; {result.AlreadyThere} were there already"),
        .. result.Quarantined.Select(q => $"damaged: {q.Path}: {q.Reason}"),
    ]);
}
