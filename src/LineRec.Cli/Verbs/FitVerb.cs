using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec fit</c>: fits the features to a log, alone or in shares that several processes count.</summary>
internal static class FitVerb
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out("The folder for the features (features.json, features_items.npy), or with --shard for the counts of the share.");
        var date = CommonOptions.Date("--date", "The last day, UTC, whose events count. Default: the log's last day; with --merge that of the shares.");
        var shard = ShareOptions.Shard("Count one share of the log only: 2/4 is the second of four. Shares are even to a row.");
        var merge = ShareOptions.Merge("The folders of all shares, in any order: add them up and write the features.");
        var json = CommonOptions.Json();
        var command = new Command("fit", """
            Fits the features to a log: counts its events by item, and derives columns and scales. Several processes or machines can share the work: each counts a share into a folder of its own, one adds
            them up. The files are the same to the byte, however many share it. A share that is counted already isn't counted again.

            Examples:
              linerec fit --data log --out features
              linerec fit --data log --out state-1 --shard 1/2
              linerec fit --data log --out state-2 --shard 2/2
              linerec fit --data log --out features --merge state-1 state-2
            """) { data, output, date, shard, merge, json };
        ShareOptions.Check(command, shard, merge, date);
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var fit = new LogFit(parsed.GetValue(data)!, parsed.GetValue(date));
            string folder = parsed.GetValue(output)!;
            if (parsed.GetValue(shard) is { } number) Count(terminal, number, folder, () => fit.Count(number, folder, cancellationToken), parsed.GetValue(json));
            else if (parsed.GetValue(merge) is { Length: > 0 } shares) Write(terminal, "Add the shares up", () => fit.Merge(shares, folder), parsed.GetValue(json));
            else Write(terminal, "Fit features", () => fit.Run(folder, cancellationToken), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Count(Terminal terminal, ShareNumber number, string folder, Func<(Share<FitCounts> Share, bool Ran)> work, bool json)
    {
        var (share, ran) = terminal.Progress().Step($"Count share {number}", _ => work());
        string date = LogFit.DateOf(share);
        string text = string.Create(CultureInfo.InvariantCulture, $"share {number} {(ran ? "counted" : "unchanged")}: {share.Result.Rows:N0} rows up to {date}, {share.Bytes:N0} bytes of counts in {folder}");
        terminal.Write(json, new { Out = Path.GetFullPath(folder), Ran = ran, share.Shard, share.Shards, Date = date, share.Result.Rows, share.Bytes }, text);
    }

    private static void Write(Terminal terminal, string step, Func<FitResult> work, bool json)
    {
        var result = terminal.Progress().Step(step, _ => work());
        terminal.Write(json, result, string.Create(CultureInfo.InvariantCulture, $"features {result.Fingerprint}: {result.Events:N0} events up to {result.Date}, {result.Items:N0} items, in {result.Out}"));
    }
}
