using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec convert</c>: files of others become a log.</summary>
internal static class ConvertVerb
{
    public static Command Create(Terminal terminal)
    {
        var events = new Option<string>("--events") { Description = "The events: a file or a quoted pattern. csv, tsv, json lines (json, jsonl, ndjson), each also with .gz, or parquet, by the ending.", Required = true };
        var items = new Option<string?>("--items") { Description = "The items, alike. Default: the items that events speak of, without columns." };
        var output = CommonOptions.Out("The log's folder; what an earlier conversion wrote there is replaced.");
        var map = Pairs("--map", "A column of the events: ours=theirs, such as user_id=visitorid. Ours are user_id, item_id, event_type, timestamp and, optional, placement, position, request_id, propensity, query, quantity, price, anchor_item_id.");
        var itemMap = Pairs("--item-map", "A column of the items: ours=theirs, such as item_id=sku. Others keep their names and become features.");
        var types = Pairs("--type", "A type of events: theirs=ours, such as view=click. Ours are impression, click, cart, purchase, favourite, search.");
        var type = new Option<string?>("--event-type") { Description = "The type of all events, where there is no column for it." };
        var most = new Option<double>("--max-bad") { Description = "The share of rows that may be bad; with more, nothing is written.", DefaultValueFactory = _ => new ConversionOptions { Events = "" }.MaxBadShare };
        var json = CommonOptions.Json();
        var command = new Command("convert", """
            Brings a shop's own files into the log's layout: events by day, items. Times are ISO 8601 (UTC where they name no offset), or seconds or milliseconds since 1970.
            Rows that are no events are left out, counted by reason, and kept in quarantine/ of the folder.

            Examples:
              linerec convert --events "clicks/*.csv" --items products.jsonl --out log --map user_id=visitorid --map item_id=itemid --map event_type=event --type view=click --type addtocart=cart --type transaction=purchase
              linerec convert --events orders.parquet --event-type purchase --out log --map user_id=customer --map timestamp=ordered_at
            """) { events, items, output, map, itemMap, types, type, most, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var options = new ConversionOptions
            {
                Events = parsed.GetValue(events)!,
                Items = parsed.GetValue(items),
                EventColumns = Read(parsed, map),
                ItemColumns = Read(parsed, itemMap),
                Types = Read(parsed, types),
                Type = parsed.GetValue(type),
                MaxBadShare = parsed.GetValue(most),
            };
            var report = terminal.Progress().Step("Convert", _ => LogConversion.Run(options, parsed.GetValue(output)!, cancellationToken));
            string text = $"{report.Events:N0} events of {report.Days} days and {report.Items:N0} items in {report.Out}" +
                string.Concat(report.BadRows.Select(r => $"{Environment.NewLine}left out: {r.Value:N0} × {r.Key}")) + (report.Quarantine is null ? "" : $"{Environment.NewLine}they are in {report.Quarantine}");
            terminal.Write(parsed.GetValue(json), report, text);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string[]> Pairs(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, DefaultValueFactory = _ => [] };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.IndexOf('=', StringComparison.Ordinal) is < 1 || t.Value.EndsWith('=')) is { } wrong) result.AddError($"{name} is '{wrong.Value}'; it must be NAME=NAME.");
            if (result.Tokens.GroupBy(t => t.Value.Split('=')[0]).FirstOrDefault(g => g.Count() > 1) is { } twice) result.AddError($"{name} names '{twice.Key}' twice.");
        });
        return option;
    }

    private static Dictionary<string, string> Read(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option)!.Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
}
