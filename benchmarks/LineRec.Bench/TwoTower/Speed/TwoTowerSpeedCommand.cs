using System.CommandLine;

namespace LineRec.Bench.TwoTower;

/// <summary>The verb two-tower-speed.</summary>
internal static class TwoTowerSpeedCommand
{
    public static Command Create()
    {
        var defaults = new TwoTowerSpeedOptions();
        var items = new Option<int>("--items") { Description = "Items of the log that is made.", DefaultValueFactory = _ => defaults.Items };
        var dimension = new Option<int>("--dimension") { Description = "The length of the vectors.", DefaultValueFactory = _ => defaults.Dimension };
        var users = new Option<int>("--users") { Description = "Users of the log.", DefaultValueFactory = _ => defaults.Users };
        var events = new Option<int>("--events") { Description = "Events a user; the last is held out.", DefaultValueFactory = _ => defaults.Events };
        var epochs = new Option<int>("--epochs") { Description = "How often the examples are gone through.", DefaultValueFactory = _ => defaults.Epochs };
        var batch = new Option<int>("--batch") { Description = "Examples a step.", DefaultValueFactory = _ => defaults.BatchSize };
        var negatives = new Option<int>("--negatives") { Description = "Evenly drawn negatives a step, beside the positives of the batch.", DefaultValueFactory = _ => defaults.UniformNegatives };
        var seed = new Option<int>("--seed") { Description = "The seed of everything that is random.", DefaultValueFactory = _ => defaults.Seed };
        var clock = new Option<string>("--clock") { Description = "wall, or processor: the time that this process computes, for a machine that others use too.", DefaultValueFactory = _ => defaults.Clock };
        clock.AcceptOnlyFromAmong("wall", "processor");
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("two-tower-speed", "Trains one two-tower model twice on a log that is made, for as many steps of as many examples: as LineRec does, and as a plain Torch loop with one Adam over dense tables. Prints samples a second and Recall@20 of both.")
        {
            items, dimension, users, events, epochs, batch, negatives, seed, clock, json,
        };
        command.SetAction(parsed => Verb.Run(() => new TwoTowerSpeedRun(new TwoTowerSpeedOptions
        {
            Items = parsed.GetValue(items),
            Dimension = parsed.GetValue(dimension),
            Users = parsed.GetValue(users),
            Events = parsed.GetValue(events),
            Epochs = parsed.GetValue(epochs),
            BatchSize = parsed.GetValue(batch),
            UniformNegatives = parsed.GetValue(negatives),
            Clock = parsed.GetValue(clock)!,
            Seed = parsed.GetValue(seed),
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }
}
