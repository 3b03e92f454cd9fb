using System.CommandLine;
using LineRec.Recipes;
using LineRec.Simulation;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec simulate</c>: writes the log of a made-up shop.</summary>
internal static class SimulateVerb
{
    public static Command Create(Terminal terminal)
    {
        var output = CommonOptions.Out("The folder for the log; what an earlier simulation wrote there is replaced.");
        var days = new Option<int>("--days") { Description = "Days that the shop is open.", DefaultValueFactory = _ => ShopSimulationDefaults.Days };
        var users = new Option<int>("--users") { Description = "Users; events grow with them.", DefaultValueFactory = _ => ShopSimulationDefaults.Users };
        var items = new Option<int>("--items") { Description = "Items.", DefaultValueFactory = _ => ShopSimulationDefaults.Items };
        var seed = new Option<ulong>("--seed") { Description = "The seed: equal options give equal bytes.", DefaultValueFactory = _ => ShopSimulationDefaults.Seed };
        var start = CommonOptions.Date("--start", $"The first day. Default: {ShopSimulationDefaults.StartsAt:yyyy-MM-dd}.");
        var json = CommonOptions.Json();
        var command = new Command("simulate", """
            Simulates a shop and writes its log: events partitioned by day, items, users, campaigns.

            Examples:
              linerec simulate --out log --days 4
              linerec simulate --out log --days 30 --users 20000 --items 50000 --seed 7
            """) { output, days, users, items, seed, start, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var options = new ShopSimulationOptions
            {
                Seed = parsed.GetValue(seed),
                Users = parsed.GetValue(users),
                Items = parsed.GetValue(items),
                Days = parsed.GetValue(days),
                PartitionByDate = true,
            };
            options.EventTarget = Math.Max(1, (long)((double)ShopSimulationDefaults.EventTarget * options.Days / ShopSimulationDefaults.Days * options.Users / ShopSimulationDefaults.Users));
            if (parsed.GetValue(start) is { } first) options.StartsAt = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
            string folder = parsed.GetValue(output)!;
            terminal.Progress().Step("Simulate a shop", progress => ShopSimulator.Run(folder, options, new StepProgress<int>(day => progress.Report((double)day / options.Days)), cancellationToken));
            var log = Data.ShopLog.Open(folder);
            var result = new Simulated(Path.GetFullPath(folder), options.Days, log.Events.CountRows(), PipelineRun.Text(LogFingerprint.LastDate(log)));
            terminal.Write(parsed.GetValue(json), result, $"{result.Events:N0} events of {result.Days} days, the last {result.LastDate}, in {result.Out}");
            return ExitCode.Done;
        });
        return command;
    }

    private sealed record Simulated(string Out, int Days, long Events, string LastDate);
}
