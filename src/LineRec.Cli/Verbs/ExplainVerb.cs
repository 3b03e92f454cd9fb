using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec explain</c>: one request's way through the funnel.</summary>
internal static class ExplainVerb
{
    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var placement = new Option<string>("--placement") { Description = "The placement.", Required = true };
        placement.AcceptOnlyFromAmong([.. ShopPlacements.All]);
        var user = new Option<string?>("--user") { Description = "The user. Default: a visitor without history." };
        var take = new Option<int>("--take") { Description = "How many items are asked for.", DefaultValueFactory = _ => 20 };
        var anchor = new Option<string[]>("--anchor") { Description = "An item that the page is about; may be given several times.", DefaultValueFactory = _ => [] };
        var item = new Option<string?>("--item") { Description = "Tell this item's way, shown or not." };
        var data = new Option<string?>("--data") { Description = "The log that users' histories are read from. Default: nobody has one." };
        var time = new Option<DateTimeOffset?>("--time") { Description = "The instant that is asked about; only events before it count. Default: after the log's last event." };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("explain", """
            Answers one request and tells what each step of the funnel did: how many candidates it left, who proposed each item of the slate, and where an item fell out.

            Examples:
              linerec explain --bundle shop/bundles --placement home --user u000012 --data log
              linerec explain --bundle shop/bundles --placement item_page --anchor i000007 --item i000042 --json
            """) { bundle, placement, user, take, anchor, item, data, time, config, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var settings = SettingsFile.Read(parsed.GetValue(config));
            using var serving = ServedLog.Open(parsed.GetValue(bundle)!, parsed.GetValue(data), settings, [parsed.GetValue(placement)!]);
            var explanation = serving.Explain(new RecommendationRequest
            {
                Placement = parsed.GetValue(placement)!,
                UserId = parsed.GetValue(user),
                Take = parsed.GetValue(take),
                AnchorItemIds = parsed.GetValue(anchor)!,
                Time = parsed.GetValue(time) ?? serving.End,
                Seed = 1,
            }, cancellationToken);
            terminal.Write(parsed.GetValue(json), explanation, string.Join(Environment.NewLine, Describe(explanation, parsed.GetValue(item))));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> Describe(Explanation explanation, string? item)
    {
        var slate = explanation.Slate;
        yield return $"bundle {slate.BundleVersion}, placement {slate.Placement}";
        foreach (var missing in slate.Degradations) yield return $"  missing: {missing.Stage} {missing.Component}: {missing.Reason}, {missing.Action}. {missing.Detail}";
        var steps = explanation.Candidates.MaxBy(c => c.Steps.Count)?.Steps ?? [];
        for (int i = 0; i < steps.Count; i++)
        {
            int left = explanation.Candidates.Count(c => c.Steps.Count > i && c.Steps[i].Position is not null);
            yield return string.Create(CultureInfo.InvariantCulture, $"  {steps[i].Stage.ToString().ToLowerInvariant(),-9}{steps[i].Component,-24}{left,7} candidates");
        }

        foreach (var shown in explanation.Candidates.Where(c => c.SlatePosition is not null))
            yield return string.Create(CultureInfo.InvariantCulture, $"{shown.SlatePosition,4} {shown.ItemId,-20} {shown.Steps[^1].Score,10:0.00000}  {Sources(shown)}");
        if (item is null) yield break;
        if (explanation.Find(item) is not { } way)
        {
            yield return $"{item}: no retriever proposed it.";
            yield break;
        }

        yield return $"{item}: {(way.SlatePosition is { } place ? $"shown at {place}" : way.FellOutAt is { } end ? $"fell out at {end.Stage.ToString().ToLowerInvariant()} {end.Component}" : "not shown")}; {Sources(way)}";
        foreach (var step in way.Steps)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {step.Stage.ToString().ToLowerInvariant(),-9}{step.Component,-24} score {step.Score:0.00000}, {(step.Position is { } at ? $"place {at}" : "removed")}");
    }

    private static string Sources(CandidateExplanation candidate) => candidate.Sources.Count == 0
        ? "from the fallback"
        : string.Join(", ", candidate.Sources.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Source} #{s.Rank}")));
}
