using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec fit</c>: fits the features to a log, alone or in shares that several processes count.</summary>
internal static partial class FitVerb
{
    private const int MostShards = 10_000;

    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out("The folder for the features (features.json, features_items.npy), or with --shard for the counts of the share.");
        var date = CommonOptions.Date("--date", "The last day, UTC, whose events count. Default: the log's last day; with --merge that of the shares.");
        var shard = new Option<(int Shard, int Shards)?>("--shard") { Description = "Count one share of the log only: 2/4 is the second of four. Shares are even to a row.", CustomParser = result => Parse(result) };
        var merge = new Option<string[]>("--merge") { Description = "The folders of all shares, in any order: add them up and write the features.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
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
        command.Validators.Add(result =>
        {
            if (result.GetValue(merge) is [] or null) return;
            if (result.GetResult(shard) is not null) result.AddError("--shard counts a share, --merge adds shares up: give one of them.");
            if (result.GetResult(date) is not null) result.AddError("--date is given where shares are counted; --merge takes theirs.");
        });
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var fit = new LogFit(parsed.GetValue(data)!, parsed.GetValue(date));
            string folder = parsed.GetValue(output)!;
            if (parsed.GetValue(shard) is var (own, all)) Count(terminal, own, all, folder, _ => fit.Count(own, all, folder, cancellationToken), parsed.GetValue(json));
            else if (parsed.GetValue(merge) is { Length: > 0 } shares) Write(terminal, "Add the shares up", () => fit.Merge(shares, folder), parsed.GetValue(json));
            else Write(terminal, "Fit features", () => fit.Run(folder, cancellationToken), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Count(Terminal terminal, int shard, int shards, string folder, Func<IProgress<double>, (FitShare Share, bool Ran)> work, bool json)
    {
        var (share, ran) = terminal.Progress().Step($"Count share {shard} of {shards}", work);
        string text = string.Create(CultureInfo.InvariantCulture, $"share {shard} of {shards} {(ran ? "counted" : "unchanged")}: {share.Rows:N0} rows up to {share.Date}, {share.StateBytes:N0} bytes of counts in {folder}");
        terminal.Write(json, new { Out = Path.GetFullPath(folder), Ran = ran, share.Shard, share.Shards, share.Date, share.Rows, share.StateBytes }, text);
    }

    private static void Write(Terminal terminal, string step, Func<FitResult> work, bool json)
    {
        var result = terminal.Progress().Step(step, _ => work());
        terminal.Write(json, result, string.Create(CultureInfo.InvariantCulture, $"features {result.Fingerprint}: {result.Events:N0} events up to {result.Date}, {result.Items:N0} items, in {result.Out}"));
    }

    private static (int, int)? Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Share().Match(text) is { Success: true } match && int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= MostShards and var shards
            && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and var shard && shard <= shards) return (shard, shards);
        result.AddError($"--shard is '{text}'; it must be a share and how many there are, from 1/1 to {MostShards}/{MostShards}, such as 2/4.");
        return null;
    }

    [GeneratedRegex(@"^(\d{1,5})/(\d{1,5})$")]
    private static partial Regex Share();
}
