using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LineRec.Data;
using LineRec.Retrieval;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>The verb batch.</summary>
internal static class BatchCommand
{
    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out") { Description = "Receives the Parquet files. Run it again after a stop: it goes on.", Required = true };
        var make = new Option<string>("--make") { Description = "The items that are made: ROWSxDIMENSION, and :hard or :easy after it.", DefaultValueFactory = _ => "1000000x64:hard" };
        var users = new Option<int>("--users") { Description = "Users that are made.", DefaultValueFactory = _ => 1_000_000 };
        var k = new Option<int>("--k") { Description = "Items a user.", DefaultValueFactory = _ => BatchRetrievalDefaults.K };
        var exact = new Option<bool>("--exact") { Description = "Searches exactly." };
        var command = new Command("batch", "Finds the best items of all users of a made set and writes them as Parquet.") { output, make, users, k, exact };
        command.SetAction(parsed => Run(parsed.GetValue(output)!.FullName, MadeSetOptions.Parse(parsed.GetValue(make)!) with { Queries = parsed.GetValue(users) }, parsed.GetValue(k), parsed.GetValue(exact)));
        return command;
    }

    private static void Run(string folder, MadeSetOptions made, int k, bool exact)
    {
        var (items, users) = MadeSet.Make(made);
        using (items)
        using (users)
        {
            long start = Stopwatch.GetTimestamp();
            using var index = IvfIndex.Build(items, new IvfOptions());
            Say($"built in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            var job = new BatchRetrieval(exact ? index.With(IvfProbe.Exact) : index, new ParquetBatchPartWriter(), new BatchRetrievalOptions { K = k, Threads = PinnedThreads.Available, Fingerprint = made.Name });
            start = Stopwatch.GetTimestamp();
            job.Run(users, folder, new Teller(start));
            Say($"{made.Queries:N0} users × {made.Rows:N0} items, k = {k}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {Environment.WorkingSet >> 20:N0} MB at the end");
        }
    }

    private static void Say(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Teller(long start) : IProgress<BatchRetrievalProgress>
    {
        public void Report(BatchRetrievalProgress value) =>
            Say($"[{Stopwatch.GetElapsedTime(start).TotalSeconds,6:0} s] {value.Done:N0} of {value.Total:N0} users, {value.Resumed:N0} from before");
    }
}
