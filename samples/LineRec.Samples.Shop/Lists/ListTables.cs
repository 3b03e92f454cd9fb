using LineRec.Recipes;
using LineRec.Samples.Shop.Reporting;

namespace LineRec.Samples.Shop.Lists;

/// <summary>The tables of the task "lists".</summary>
internal static class ListTables
{
    public static void Quality(RunConsole console, ShopReport report, int lists, int sessions)
    {
        console.Table(
            $"Reciprocal rank of the click: {lists} lists, 95 % intervals over {sessions} sessions",
            ["system", "MRR", "95 % interval"],
            report.Lists.Select(l => new[] { l.System, ShopTables.Figure(l.Mrr), $"{ShopTables.Figure(l.Low)} … {ShopTables.Figure(l.High)}" }));
        console.Table(
            "The rankers minus what they must beat",
            ["versus", "difference", "95 % interval"],
            report.Paired.Select(p => new[] { p.Versus, ShopTables.Figure(p.Difference, "+0.0000;-0.0000"), $"{ShopTables.Figure(p.Low, "+0.0000;-0.0000")} … {ShopTables.Figure(p.High, "+0.0000;-0.0000")}" }));
    }

    public static void Explanation(RunConsole console, Explanation explanation, string clicked) => console.Table(
        $"One list explained: placement '{explanation.Slate.Placement}'",
        ["item", "shown at", "price", "probability", "now at", "clicked"],
        explanation.Candidates.Where(c => c.SlatePosition <= 10).Select(c => new[]
        {
            c.ItemId,
            $"{c.Sources.FirstOrDefault(s => s.Source == ListPlacements.Display)?.Rank}",
            ShopTables.Figure(c.Sources.FirstOrDefault(s => s.Source == ListPlacements.ListPrice)?.Score ?? double.NaN, "0"),
            c.Steps.LastOrDefault(s => s.Stage == FunnelStage.Rank) is { } ranked ? ShopTables.Figure(ranked.Score, "0.000") : "",
            $"{c.SlatePosition}",
            c.ItemId == clicked ? "yes" : "",
        }));
}
