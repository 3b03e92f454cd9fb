using System.Diagnostics;
using LineRec.Bench.Matching;
using LineRec.Data;
using Spectre.Console;

namespace LineRec.Bench.Datasets;

/// <summary>Makes the tables, reads them in all ways, and says how the dataset compares.</summary>
internal sealed class DatasetBenchRun(DatasetBenchOptions options)
{
    private const string Raw = "ParquetSharp, texts as codes";
    private const string RawRead = "ParquetSharp, texts as codes, values read";
    private const string Columns = "ParquetSharp, values and levels";
    private const string Dataset = "ParquetDataset, shuffled";

    private readonly DatasetBenchReport _report = new() { Options = options with { Folder = "", Json = null } };
    private readonly MadeTables _tables = new(options);

    public void Run()
    {
        _tables.Make();
        int[] threads = [.. new[] { 1, options.Threads }.Distinct()];
        foreach (int count in threads) MeasureEvents(count);
        foreach (int count in threads) MeasureExamples(count);
        foreach (int count in threads) Train(count);
        foreach (int rows in new[] { 0, options.RowGroupSize, options.ShuffleRows, 4 * options.ShuffleRows }.Distinct()) Shuffle(rows);
        FullShuffle();
        foreach (long budget in new[] { options.MemoryBudgetBytes / 4, options.MemoryBudgetBytes / 2, options.MemoryBudgetBytes }) Remember(budget);
        if (options.Json is { } json) _report.Save(json);
    }

    private void MeasureEvents(int threads)
    {
        var readers = new List<(string Name, Func<long> Read)>
        {
            (Raw, () => RawDecoding.ParquetSharp(_tables.Events, threads, options.RowGroupSize, asCodes: true)),
            (Dataset, () => Read(_tables.Events, threads, options.ShuffleRows)),
            (RawRead, () => RawDecoding.ParquetSharp(_tables.Events, threads, options.RowGroupSize, asCodes: true, readValues: true)),
            (Columns, () => RawDecoding.ParquetSharpColumns(_tables.Events, threads)),
            ("ParquetDataset, in order", () => Read(_tables.Events, threads, 0)),
            ("ParquetSharp, an object a row", () => RowObjects.Read(_tables.Events, threads)),
            ("ParquetSharp, texts as texts", () => RawDecoding.ParquetSharp(_tables.Events, threads, options.RowGroupSize, asCodes: false)),
            ("Parquet.Net", () => RawDecoding.ParquetNet(_tables.Events, threads)),
            ("DuckDB.NET", () => DuckDbDecoding.Read(_tables.Events, threads)),
        };
        var timings = Measure("events", threads, readers);
        Share("events", threads, timings);
        string key = $"{threads} threads";
        _report.TimesRowObjects[key] = DatasetBenchRow.Median(timings[1].Zip(timings[5], (d, o) => o.Seconds / d.Seconds));
        Say($"  {_report.TimesRowObjects[key]:0.0} times an object a row");
    }

    private void MeasureExamples(int threads)
    {
        var timings = Measure("examples", threads,
        [
            (Raw, () => RawDecoding.ParquetSharp(_tables.Examples, threads, options.RowGroupSize, asCodes: true)),
            (Dataset, () => Read(_tables.Examples, threads, options.ShuffleRows)),
            (RawRead, () => RawDecoding.ParquetSharp(_tables.Examples, threads, options.RowGroupSize, asCodes: true, readValues: true)),
            (Columns, () => RawDecoding.ParquetSharpColumns(_tables.Examples, threads)),
            ("ParquetDataset, in order", () => Read(_tables.Examples, threads, 0)),
        ]);
        Share("examples", threads, timings);
    }

    private List<List<Timing>> Measure(string table, int threads, List<(string Name, Func<long> Read)> readers)
    {
        // Rounds alternate, so that what else the machine does falls on all alike.
        var timings = readers.Select(_ => new List<Timing>()).ToList();
        for (int round = -1; round < options.Rounds; round++)
        {
            for (int r = 0; r < readers.Count; r++)
            {
                var timing = Timing.Of(readers[r].Read);
                if (timing.Rows != options.Rows) throw new InvalidDataException($"{readers[r].Name} read {timing.Rows} rows of {options.Rows}.");
                if (round >= 0) timings[r].Add(timing);
            }
        }

        for (int r = 0; r < readers.Count; r++)
        {
            var row = DatasetBenchRow.Of(table, readers[r].Name, threads, timings[r]);
            _report.Rows.Add(row);
            Say($"{table}, {threads} threads, {row.Reader}: {row.RowsPerSecond:N0} rows/s, {row.ProcessorNanosecondsPerRow:0.0} ns of processor time a row");
        }

        return timings;
    }

    private void Share(string table, int threads, List<List<Timing>> timings)
    {
        Share($"{table}, {threads} threads", timings[0], timings[1]);
        Share($"{table}, {threads} threads, values read", timings[2], timings[1]);
        Share($"{table}, {threads} threads, values and levels", timings[3], timings[1]);
    }

    private void Share(string what, List<Timing> raw, List<Timing> dataset)
    {
        _report.ShareOfRawDecoding[what] = DatasetBenchRow.Median(raw.Zip(dataset, (r, d) => r.Seconds / d.Seconds));
        _report.ShareOfRawDecodingByProcessor[what] = DatasetBenchRow.Median(raw.Zip(dataset, (r, d) => r.ProcessorSeconds / d.ProcessorSeconds));
        Say($"  {what}: {_report.ShareOfRawDecoding[what]:P0} of the raw decoding speed, {_report.ShareOfRawDecodingByProcessor[what]:P0} by processor time");
    }

    private long Read(string folder, int threads, int shuffleRows)
    {
        using var reader = ParquetDataset.Open(folder, Wanted(threads) with { ShuffleRows = shuffleRows }).Read();
        while (reader.TryRead(out _))
        {
        }

        return reader.RowCount;
    }

    private void Train(int threads)
    {
        var consumer = new TrainingConsumer();
        using var reader = ParquetDataset.Open(_tables.Examples, Wanted(threads) with { Columns = ["user", "item", "label", "history"] }).Read();
        long start = Stopwatch.GetTimestamp();
        double first = 0;
        while (reader.TryRead(out var batch))
        {
            if (reader.BatchCount == 1) first = reader.WaitTime.TotalSeconds;
            consumer.Train(batch);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, wait = reader.WaitTime.TotalSeconds;
        _report.Stalls.Add(new DatasetBenchReport.StallRow(threads, seconds, wait, wait / seconds, first));
        Say($"training with {threads} threads that decode: {seconds:0.0} s, waited {wait:0.00} s ({wait / seconds:P1}), {first:0.00} s of it for the first batch; loss a row {consumer.Loss / reader.RowCount:0.000}");
    }

    private void Shuffle(int rows)
    {
        using var reader = ParquetDataset.Open(_tables.Events, Wanted(options.Threads) with { Columns = ["row"], ShuffleRows = rows }).Read();
        var places = new long[options.Rows];
        int at = 0;
        while (reader.TryRead(out var batch))
        {
            batch.Values<long>("row").Span.CopyTo(places.AsSpan(at));
            at += batch.Count;
        }

        Add(ShuffleQuality.Of($"{rows}", places));
    }

    private void FullShuffle()
    {
        long[] places = [.. Enumerable.Range(0, options.Rows).Select(i => (long)i)];
        new Random(options.Seed).Shuffle(places);
        Add(ShuffleQuality.Of("full", places));
    }

    private void Add(ShuffleQuality quality)
    {
        _report.Shuffles.Add(quality);
        Say($"shuffled by {quality.Shuffle}: neighbours' correlation {quality.NeighbourCorrelation:0.0000}, mean displacement {quality.MeanDisplacement:0.000} of all rows");
    }

    private void Remember(long budget)
    {
        PeakMemory.Reset();
        double before = Environment.WorkingSet / 1048576.0;
        using var reader = ParquetDataset.Open(_tables.Events, Wanted(options.Threads) with { MemoryBudgetBytes = budget }).Read();
        var timing = Timing.Of(() =>
        {
            while (reader.TryRead(out _))
            {
            }

            return reader.RowCount;
        });
        var row = new DatasetBenchReport.MemoryRow(budget / 1048576.0, reader.PeakBytes / 1048576.0, PeakMemory.Megabytes() - before, timing.Rows / timing.Seconds);
        _report.Memory.Add(row);
        Say($"budget {row.BudgetMegabytes:0} MB: counted {row.CountedMegabytes:0} MB, resident +{row.ResidentMegabytes:0} MB, {row.RowsPerSecond:N0} rows/s");
    }

    private DatasetOptions Wanted(int threads) => new()
    {
        ShuffleRows = options.ShuffleRows, Seed = (ulong)options.Seed, Threads = threads, MemoryBudgetBytes = options.MemoryBudgetBytes,
    };

    private static void Say(string line) => AnsiConsole.WriteLine(line);
}
