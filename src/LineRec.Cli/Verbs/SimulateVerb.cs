using System.CommandLine;
using LineRec.Recipes;
using LineRec.Simulation;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec simulate</c>: writes the log of a made-up shop, at once or day by day.</summary>
internal sealed class SimulateVerb
{
    private readonly Option<string> _output = CommonOptions.Out("The folder for the log; what an earlier simulation wrote there is replaced.");
    private readonly Option<int> _days = new("--days") { Description = "Days that the shop is open.", DefaultValueFactory = _ => ShopSimulationDefaults.Days };
    private readonly Option<int> _users = new("--users") { Description = "Users; events grow with them.", DefaultValueFactory = _ => ShopSimulationDefaults.Users };
    private readonly Option<int> _items = new("--items") { Description = "Items.", DefaultValueFactory = _ => ShopSimulationDefaults.Items };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed: equal options give equal bytes.", DefaultValueFactory = _ => ShopSimulationDefaults.Seed };
    private readonly Option<DateOnly?> _start = CommonOptions.Date("--start", $"The first day. Default: {ShopSimulationDefaults.StartsAt:yyyy-MM-dd}.");
    private readonly Option<int?> _pauseAfter = new("--pause-after") { Description = "Simulate so many of the days, and pause: --resume goes on. Default: all that are left." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the simulation that was paused in this folder." };
    private readonly Option<string?> _bundle = new("--bundle") { Description = "A bundle's folder, or a folder of published bundles: it answers the placements that it has rankers for, and users choose from that. Default: the shop's own lists." };
    private readonly Option<string?> _segments = new("--segments") { Description = "Where the exposure log of --bundle is written, as a host does; for 'linerec exposures compact'." };
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _json = CommonOptions.Json();

    public static Command Create(Terminal terminal)
    {
        var verb = new SimulateVerb();
        var command = new Command("simulate", """
            Simulates a shop and writes its log: events partitioned by day, items, users, campaigns. Paused after some days, it goes on later, with the bundle that was trained on them in service.

            Examples:
              linerec simulate --out log --days 4
              linerec simulate --out log --days 30 --users 20000 --items 50000 --seed 7
              linerec simulate --out log --days 30 --pause-after 10
              linerec simulate --out log --resume --pause-after 1 --bundle shop/bundles --segments segments
            """) { verb._output, verb._days, verb._users, verb._items, verb._seed, verb._start, verb._pauseAfter, verb._resume, verb._bundle, verb._segments, verb._config, verb._json };
        terminal.SetAction(command, (parsed, cancellationToken) => verb.Run(terminal, parsed, cancellationToken));
        return command;
    }

    private ExitCode Run(Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        Check(parsed);
        string folder = parsed.GetValue(_output)!;
        using var shop = parsed.GetValue(_resume) ? ShopRun.Resume(folder) : new ShopRun(folder, Options(parsed));
        int first = shop.DaysDone, left = shop.Options.Days - first, days = Math.Min(parsed.GetValue(_pauseAfter) ?? left, left);
        if (days == 0) throw new RecipeException(RecipeFault.Input, $"All {first} days of the shop in '{folder}' are over. Simulate one that is open for longer: --days.");
        using (var served = Serve(parsed, folder))
        {
            terminal.Progress().Step("Simulate a shop", progress =>
            {
                for (; shop.DaysDone < first + days; progress.Report((double)(shop.DaysDone - first) / days))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    shop.Simulate(served?.Serving);
                }

                return true;
            });
        }

        if (shop.DaysDone < shop.Options.Days) shop.Pause();
        else shop.Complete();
        var log = Data.ShopLog.Open(folder);
        var result = new Simulated(Path.GetFullPath(folder), shop.DaysDone, shop.Options.Days, log.Events.CountRows(), PipelineRun.Text(LogFingerprint.LastDate(log)));
        terminal.Write(parsed.GetValue(_json), result, $"{result.Events:N0} events of {result.Days} days, the last {result.LastDate}, in {result.Out}{(result.Days < result.OpenDays ? $"; paused, {result.OpenDays - result.Days} days are left" : "")}");
        return ExitCode.Done;
    }

    private void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_pauseAfter) is < 1) throw new RecipeException(RecipeFault.Input, $"--pause-after is {parsed.GetValue(_pauseAfter)}; it must be 1 or more days.");
        if (parsed.GetValue(_segments) is null != parsed.GetValue(_bundle) is null) throw new RecipeException(RecipeFault.Input, "--bundle and --segments go together: who answers, and where it logs what it showed.");
        if (!parsed.GetValue(_resume))
        {
            if (parsed.GetValue(_bundle) is not null) throw new RecipeException(RecipeFault.Input, "--bundle needs a log that it was trained on: simulate the first days without it, with --pause-after, and go on with --resume.");
            return;
        }

        Option[] fixedAtStart = [_days, _users, _items, _seed, _start];
        if (fixedAtStart.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } given)
            throw new RecipeException(RecipeFault.Input, $"{given.Name} can't be given with --resume: the shop is as it was when it was opened. Leave it out, or leave --resume out for a new shop.");
    }

    private ShopSimulationOptions Options(ParseResult parsed)
    {
        var options = new ShopSimulationOptions
        {
            Seed = parsed.GetValue(_seed),
            Users = parsed.GetValue(_users),
            Items = parsed.GetValue(_items),
            Days = parsed.GetValue(_days),
            PartitionByDate = true,
        };
        options.EventTarget = Math.Max(1, (long)((double)ShopSimulationDefaults.EventTarget * options.Days / ShopSimulationDefaults.Days * options.Users / ShopSimulationDefaults.Users));
        if (parsed.GetValue(_start) is { } first) options.StartsAt = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        return options;
    }

    private SimulatedServing? Serve(ParseResult parsed, string log) => parsed.GetValue(_bundle) is { } bundle
        ? SimulatedServing.Open(bundle, log, Enum.Parse<EventType>(SettingsFile.Read(parsed.GetValue(_config)).Target, ignoreCase: true), parsed.GetValue(_segments)!)
        : null;

    private sealed record Simulated(string Out, int Days, int OpenDays, long Events, string LastDate);
}
