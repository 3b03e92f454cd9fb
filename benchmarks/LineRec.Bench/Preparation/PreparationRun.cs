using System.Text;
using LineRec.Bench.Datasets;
using LineRec.Bench.Matching;
using LineRec.Data;
using LineRec.Preparation;
using Spectre.Console;

namespace LineRec.Bench.Preparation;

/// <summary>Simulates the log, prepares it on both ways, fits it in shards, and says how they compare.</summary>
internal sealed class PreparationRun(PreparationOptions options)
{
    private readonly PreparationLog _log = new(options.Folder);
    private readonly PreparationReport _report = new() { Options = options with { Folder = "", Json = null } };

    public void Run()
    {
        _log.Make(options);
        Weigh();
        if (options.Engines) CompareEngines();
        _report.Shards.AddRange(new ShardRuns(_log, options).Run());
        if (options.Json is { } json) _report.Save(json);
    }

    private void CompareEngines()
    {
        PreparationQuery[] queries = [PreparationQueries.PlacementRates(_log.Log), PreparationQueries.DecayedCounts(_log.Log, LogEntity.Item, _log.AsOf), PreparationQueries.Sessions(_log.Log)];
        foreach (var query in queries)
        {
            Plain(query.Name);
            foreach (long memory in options.MemoryMegabytes) DuckDb(query, memory);
        }

        PreparationQuery[] others =
        [
            PreparationQueries.Negatives(_log.Log, new ItemPool(SqlSource.Parquet(Path.Combine(_log.Directory, ShopLogLayout.ItemsFile))), options.Seed), PreparationQueries.CounterHistory(_log.Log, LogEntity.Item),
            PreparationQueries.AsOf(_log.Log, new FeatureHistory(SqlSource.Parquet(_log.Out("counter_history")), ["impressions", "clicks"]), LogEntity.Item), PreparationQueries.Counters(_log.Log, LogEntity.User),
        ];
        foreach (var query in others) DuckDb(query, options.MemoryMegabytes[0]);
    }

    /// <summary>How large the log is, stored and decoded.</summary>
    private void Weigh()
    {
        var reader = new EventReader(_log.Events);
        _report.Rows = reader.CountRows();
        _report.StoredBytes = reader.Files.Sum(f => new FileInfo(f).Length);
        foreach (var batch in reader.Read(EventColumns.Placement))
        {
            for (int i = 0; i < batch.Count; i++) _report.DecodedBytes += 8 + Text(batch.UserIds[i]) + Text(batch.ItemIds[i]) + Text(EventTypeNames.Of(batch.Types[i])) + Text(batch.Placements?[i]);
        }

        AnsiConsole.WriteLine($"{_report.Rows:N0} events in {reader.Files.Count} files: {_report.StoredBytes / 1e6:N0} MB stored, {_report.DecodedBytes / 1e6:N0} MB decoded");

        static int Text(string? text) => 16 + (text is null ? 0 : Encoding.UTF8.GetByteCount(text));
    }

    private void Plain(string query)
    {
        long output = 0;
        var timings = Measure(() => output = PlainPreparation.Run(query, _log));
        Add(query, "C#", null, timings, output, null);
    }

    private void DuckDb(PreparationQuery query, long megabytes)
    {
        long output = 0;
        double spilled = 0;
        string spill = Directory.CreateDirectory(Path.Combine(options.Folder, "spill")).FullName;
        var timings = Measure(() =>
        {
            using var watch = new FolderWatch(spill);
            using var engine = new DuckDbEngine(new DuckDbOptions { Threads = options.Threads, MemoryLimitBytes = megabytes << 20, TempDirectory = spill });
            output = engine.WriteParquet(query, _log.Out(query.Name));
            spilled = Math.Max(spilled, watch.MostMegabytes);
        });
        Add(query.Name, "DuckDB", megabytes, timings, output, spilled);
    }

    private List<Timing> Measure(Action run)
    {
        PeakMemory.Reset();
        return [.. Enumerable.Range(0, options.Rounds).Select(_ => Timing.Of(() =>
        {
            run();
            return _report.Rows;
        }))];
    }

    private void Add(string query, string engine, long? memory, List<Timing> timings, long output, double? spilled)
    {
        var speed = DatasetBenchRow.Of(query, engine, options.Threads, timings);
        _report.Engines.Add(new(query, engine, memory, speed.RowsPerSecond, speed.ProcessorNanosecondsPerRow, output, spilled, PeakMemory.Megabytes()));
        AnsiConsole.WriteLine(
            $"{query}, {engine}{(memory is null ? "" : $" within {memory} MB")}: {speed.RowsPerSecond:N0} events/s, {speed.ProcessorNanosecondsPerRow:0} ns of processor time an event, " +
            $"{output:N0} rows out, {(spilled is null ? "" : $"{spilled:N0} MB spilled, ")}{PeakMemory.Megabytes():N0} MB resident at most");
    }
}
