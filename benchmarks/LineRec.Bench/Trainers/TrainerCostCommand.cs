using System.CommandLine;

namespace LineRec.Bench.Trainers;

/// <summary>The verb trainer-cost.</summary>
internal static class TrainerCostCommand
{
    public static Command Create()
    {
        var defaults = new TrainerCostOptions();
        var widths = new Option<int[]>("--widths") { Description = "Hidden widths of the networks; 0: a linear model.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.Widths] };
        var batches = new Option<int[]>("--batches") { Description = "Rows a step, for each width.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.Batches] };
        var steps = new Option<int>("--steps") { Description = "Steps of a training.", DefaultValueFactory = _ => defaults.Steps };
        var rounds = new Option<int>("--rounds") { Description = "How often each is trained both ways.", DefaultValueFactory = _ => defaults.Rounds };
        var threads = new Option<int>("--threads") { Description = "Torch's threads.", DefaultValueFactory = _ => defaults.Threads };
        var items = new Option<int[]>("--items") { Description = "Items of the two-towers whose checkpoints are measured.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.Items] };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("trainer-cost", "Trains small networks by a bare loop and by Trainer, in turns, with the same batches and optimiser, and compares the time of a step; the weights must be equal to the bit. Then measures what checkpoints of two-towers cost.")
        {
            widths, batches, steps, rounds, threads, items, json,
        };
        command.SetAction(parsed => Verb.Run(() => new TrainerCostRun(defaults with
        {
            Widths = parsed.GetValue(widths)!,
            Batches = parsed.GetValue(batches)!,
            Steps = parsed.GetValue(steps),
            Rounds = parsed.GetValue(rounds),
            Threads = parsed.GetValue(threads),
            Items = parsed.GetValue(items)!,
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }
}
