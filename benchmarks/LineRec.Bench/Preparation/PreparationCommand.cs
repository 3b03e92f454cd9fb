using System.CommandLine;

namespace LineRec.Bench.Preparation;

/// <summary>The verb preparation, and the one that it starts as processes of their own.</summary>
internal static class PreparationCommand
{
    public static Command Create()
    {
        var defaults = new PreparationOptions();
        var folder = new Option<DirectoryInfo>("--data") { Description = "Holds the log; it is simulated where it isn't there yet.", Required = true };
        var events = new Option<long>("--events") { Description = "About how many events.", DefaultValueFactory = _ => defaults.Events };
        var users = new Option<int>("--users") { Description = "Users.", DefaultValueFactory = _ => defaults.Users };
        var items = new Option<int>("--items") { Description = "Items.", DefaultValueFactory = _ => defaults.Items };
        var days = new Option<int>("--days") { Description = "Days, each a partition.", DefaultValueFactory = _ => defaults.Days };
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => defaults.Rounds };
        var threads = new Option<int>("--threads") { Description = "DuckDB's threads.", DefaultValueFactory = _ => defaults.Threads };
        var memory = new Option<long[]>("--memory-mb") { Description = "DuckDB's limits of memory in MB.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.MemoryMegabytes] };
        var processes = new Option<int[]>("--processes") { Description = "Numbers of processes that fit and embed.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.Processes] };
        var only = new Option<bool>("--processes-only") { Description = "Fits and embeds only, without comparing DuckDB and plain C#." };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("preparation", "Prepares a simulated log with DuckDB, within limits of memory, and with plain C#; fits and embeds it with several processes, whose joined output must be that of one to the bit.")
        {
            folder, events, users, items, days, rounds, threads, memory, processes, only, json,
        };
        command.SetAction(parsed => Verb.Run(() => new PreparationRun(new PreparationOptions
        {
            Folder = parsed.GetValue(folder)!.FullName,
            Events = parsed.GetValue(events),
            Users = parsed.GetValue(users),
            Items = parsed.GetValue(items),
            Days = parsed.GetValue(days),
            Rounds = parsed.GetValue(rounds),
            Threads = parsed.GetValue(threads),
            MemoryMegabytes = parsed.GetValue(memory)!,
            Processes = parsed.GetValue(processes)!,
            Engines = !parsed.GetValue(only),
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }

    /// <summary>One process's share; not meant for people.</summary>
    public static Command CreateShard()
    {
        var step = new Argument<string>("step");
        var folder = new Argument<DirectoryInfo>("data");
        var shard = new Argument<int>("shard");
        var count = new Argument<int>("count");
        var command = new Command(ShardWorker.Verb, "A share of the verb preparation.") { step, folder, shard, count };
        command.Hidden = true;
        command.SetAction(parsed => Verb.Run(() => new ShardWorker(parsed.GetValue(folder)!.FullName).Run(parsed.GetValue(step)!, parsed.GetValue(shard), parsed.GetValue(count))));
        return command;
    }
}
