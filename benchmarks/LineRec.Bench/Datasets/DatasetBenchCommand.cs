using System.CommandLine;

namespace LineRec.Bench.Datasets;

/// <summary>The verb parquet.</summary>
internal static class DatasetBenchCommand
{
    public static Command Create()
    {
        var defaults = new DatasetBenchOptions();
        var folder = new Option<DirectoryInfo>("--data") { Description = "Holds the tables; they are made where they aren't there yet.", Required = true };
        var rows = new Option<int>("--rows") { Description = "Rows of each table.", DefaultValueFactory = _ => defaults.Rows };
        var groups = new Option<int>("--row-group") { Description = "Rows of a row group.", DefaultValueFactory = _ => defaults.RowGroupSize };
        var shuffle = new Option<int>("--shuffle") { Description = "Rows that are shuffled together.", DefaultValueFactory = _ => defaults.ShuffleRows };
        var budget = new Option<long>("--budget-mb") { Description = "The budget of memory in MB.", DefaultValueFactory = _ => defaults.MemoryBudgetBytes >> 20 };
        var threads = new Option<int>("--threads") { Description = "Threads that decode, besides 1.", DefaultValueFactory = _ => defaults.Threads };
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => defaults.Rounds };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("parquet", "Measures ParquetDataset against decoding alone (ParquetSharp, Parquet.Net, DuckDB.NET) and an object a row; how long a training waits for it, how well it shuffles, what memory it takes.")
        {
            folder, rows, groups, shuffle, budget, threads, rounds, json,
        };
        command.SetAction(parsed => Verb.Run(() => new DatasetBenchRun(new DatasetBenchOptions
        {
            Folder = parsed.GetValue(folder)!.FullName,
            Rows = parsed.GetValue(rows),
            RowGroupSize = parsed.GetValue(groups),
            ShuffleRows = parsed.GetValue(shuffle),
            MemoryBudgetBytes = parsed.GetValue(budget) << 20,
            Threads = parsed.GetValue(threads),
            Rounds = parsed.GetValue(rounds),
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }
}
