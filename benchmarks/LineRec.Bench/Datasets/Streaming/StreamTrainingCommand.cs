using System.CommandLine;

namespace LineRec.Bench.Datasets;

/// <summary>The verb stream-training.</summary>
internal static class StreamTrainingCommand
{
    public static Command Create()
    {
        var defaults = new StreamTrainingOptions();
        var data = new Option<DirectoryInfo>("--data") { Description = "A log, such as 'linerec simulate' writes.", Required = true };
        var epochs = new Option<int>("--epochs") { Description = "How often it is gone through.", DefaultValueFactory = _ => defaults.Epochs };
        var batch = new Option<int>("--batch") { Description = "Events a step.", DefaultValueFactory = _ => defaults.BatchSize };
        var width = new Option<int>("--width") { Description = "The vectors' length.", DefaultValueFactory = _ => defaults.Width };
        var threads = new Option<int>("--threads") { Description = "Threads that decode.", DefaultValueFactory = _ => defaults.Threads };
        var shuffle = new Option<int>("--shuffle") { Description = "Rows that are shuffled together.", DefaultValueFactory = _ => defaults.ShuffleRows };
        var budget = new Option<long>("--budget-mb") { Description = "The budget for decoded data in MB.", DefaultValueFactory = _ => defaults.MemoryBudgetBytes >> 20 };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("stream-training", "Trains on a log that memory doesn't hold. Run it where memory is limited: systemd-run --scope -p MemoryMax=900M, or a container's limit.")
        {
            data, epochs, batch, width, threads, shuffle, budget, json,
        };
        command.SetAction(parsed => Verb.Run(() => new StreamTrainingRun(new StreamTrainingOptions
        {
            Data = parsed.GetValue(data)!.FullName,
            Epochs = parsed.GetValue(epochs),
            BatchSize = parsed.GetValue(batch),
            Width = parsed.GetValue(width),
            Threads = parsed.GetValue(threads),
            ShuffleRows = parsed.GetValue(shuffle),
            MemoryBudgetBytes = parsed.GetValue(budget) << 20,
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }
}
