using LineRec.Recipes;
using LineRec.Samples.Shop.Logs;
using LineRec.Samples.Shop.Reporting;
using LineRec.Simulation;

namespace LineRec.Samples.Shop;

/// <summary>Brings a log into LineRec's layout: a simulated shop, or a real log that a converter knows.</summary>
internal static class ShopLogSource
{
    private static readonly TimeSpan SimulatedWindow = TimeSpan.FromDays(3);

    /// <summary>The data set's name in reports.</summary>
    public static string NameOf(ShopOptions options) => options.Data is { } data ? LogConverters.Detect(data).Dataset : "simulator";

    public static ShopDataset Prepare(ShopOptions options, string folder, RunConsole console) => options.Data is { } data
        ? Convert(data, folder, console)
        : Simulate(options, folder, console);

    private static ShopDataset Convert(string data, string folder, RunConsole console)
    {
        var info = console.Step($"Convert {data}", _ => LogConverters.Detect(data).Convert(data, folder));
        console.Say(info.Summary);
        return new ShopDataset
        {
            Name = info.Dataset,
            Directory = info.Directory,
            Split = info.SplitAt,
            Window = info.Window,
            Tasks = info.Tasks,
            Target = info.UsersAreSessions ? EventType.Click : EventType.Purchase,
            HasImpressions = info.HasImpressions,
            LearningWindows = info.UsersAreSessions ? 1 : 4,
        };
    }

    private static ShopDataset Simulate(ShopOptions options, string folder, RunConsole console)
    {
        var shop = new ShopSimulationOptions { Seed = ShopSimulationDefaults.Seed + (ulong)options.Seed - 1 };
        if (options.Users is { } users) (shop.Users, shop.EventTarget) = (users, ShopSimulationDefaults.EventTarget * users / ShopSimulationDefaults.Users);
        if (options.Items is { } items) shop.Items = items;
        if (options.Days is { } days) (shop.EventTarget, shop.Days) = (shop.EventTarget * days / shop.Days, days);
        var truth = console.Step("Simulate a shop", progress => ShopSimulator.Run(folder, shop, new StepProgress<int>(day => progress.Report((double)day / shop.Days))));
        return new ShopDataset
        {
            Name = "simulator",
            Directory = folder,
            Split = truth.EndsAt - SimulatedWindow,
            Window = SimulatedWindow,
            Tasks = [EvaluationTask.Discovery],
            HasImpressions = true,
            LearningWindows = 3,
            Oracle = Oracle(truth),
        };
    }

    /// <summary>Ranks all items by the generator's own choice probabilities: the best that anybody could do.</summary>
    private static RankedSystem Oracle(ShopTruth truth) => new("oracle", (question, rows) =>
    {
        var probabilities = truth.PurchaseProbabilities(question.UserId, question.Time);
        foreach (int row in question.ExcludedRows) probabilities[row] = -1f;
        int[] order = [.. Enumerable.Range(0, probabilities.Length)];
        Array.Sort(probabilities.Select((p, row) => (-p, row)).ToArray(), order);
        order.AsSpan(0, Math.Min(rows.Length, order.Length)).CopyTo(rows);
        return Math.Min(rows.Length, order.Length);
    });
}
