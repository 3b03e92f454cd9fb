using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LineRec.Data;
using LineRec.Preparation;
using Spectre.Console;

namespace LineRec.Bench.Preparation;

/// <summary>Fits and embeds by 1, 2 and more processes, and compares what comes out to the bit.</summary>
internal sealed class ShardRuns(PreparationLog log, PreparationOptions options)
{
    private const int TowerDays = 1; // what the vectors say doesn't matter here

    private readonly Catalog _catalog = ShopLog.Open(log.Directory).ReadCatalog();

    public List<PreparationReport.ShardRow> Run()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log.State(0))!);
        List<PreparationReport.ShardRow> rows = [.. options.Processes.Select(Run)];
        foreach (var row in rows)
        {
            if ((row.Fingerprint, row.VectorHash) != (rows[0].Fingerprint, rows[0].VectorHash))
                throw new InvalidDataException($"{row.Processes} processes gave other bits than {rows[0].Processes}: features {row.Fingerprint} and {rows[0].Fingerprint}, vectors {row.VectorHash} and {rows[0].VectorHash}.");
        }

        AnsiConsole.WriteLine($"Equal to the bit: features {rows[0].Fingerprint}, vectors {rows[0].VectorHash}");
        return rows;
    }

    private PreparationReport.ShardRow Run(int processes)
    {
        var fit = new ShardedFit(PreparationLog.Spec, _catalog, log.AsOf);
        int[] shards = [.. Enumerable.Range(0, processes)];
        var (fitSeconds, fitProcessor) = Start(ShardWorker.Count, processes);
        var clock = Stopwatch.StartNew();
        using var features = fit.Merge([.. shards.Select(log.State)]);
        Directory.CreateDirectory(log.Features);
        features.Save(log.Features);
        double merge = clock.Elapsed.TotalSeconds;
        if (!Directory.Exists(log.Tower)) ItemTowerRows.Train(log.Tower, ShopLog.Open(log.Directory).ReadInteractions(_catalog, [EventType.Purchase], log.AsOf.AddDays(-TowerDays)), _catalog, features);
        var (embedSeconds, embedProcessor) = Start(ShardWorker.Embed, processes);
        clock.Restart();
        ShardedRows.Join(log.AllVectors, [.. shards.Select(log.Vectors)]);
        var row = new PreparationReport.ShardRow(
            processes, fitSeconds, merge, embedSeconds, clock.Elapsed.TotalSeconds, fitProcessor, embedProcessor, shards.Sum(s => new FileInfo(log.State(s)).Length),
            processes * Directory.GetFiles(log.Features).Sum(f => new FileInfo(f).Length), shards.Sum(s => new FileInfo(log.Vectors(s)).Length), features.Fingerprint, Hash(log.AllVectors));
        AnsiConsole.WriteLine(
            $"{processes} processes: counted in {row.FitSeconds:0.0} s, merged in {row.MergeSeconds:0.0} s, embedded in {row.EmbedSeconds:0.0} s, joined in {row.JoinSeconds:0.0} s; processor time of each: counting {Seconds(fitProcessor)}, embedding {Seconds(embedProcessor)}; " +
            $"moved {row.StateBytes / 1e6:0.0} MB of counts, {row.FittedBytes / 1e6:0.0} MB of features, {row.VectorBytes / 1e6:0.0} MB of vectors");
        return row;
    }

    /// <summary>Starts all processes at once and waits for the last.</summary>
    private (double Seconds, double[] ProcessorSeconds) Start(string step, int processes)
    {
        long start = Stopwatch.GetTimestamp();
        List<Process> running = [.. Enumerable.Range(0, processes).Select(shard => Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [.. Program(), ShardWorker.Verb, step, options.Folder, $"{shard}", $"{processes}"]) { RedirectStandardOutput = true })!)];
        List<double> processor = [];
        foreach (var process in running)
        {
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidDataException($"A process of the step {step} ended with {process.ExitCode}: {said}");
            processor.Add(double.Parse(said, CultureInfo.InvariantCulture));
            process.Dispose();
        }

        return (Stopwatch.GetElapsedTime(start).TotalSeconds, [.. processor]);
    }

    private static string Seconds(double[] seconds) => string.Join(", ", seconds.Select(s => s.ToString("0.0 s", CultureInfo.InvariantCulture)));

    /// <summary>What goes before the arguments where the program is run by dotnet itself.</summary>
    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ShardRuns).Assembly.Location] : [];

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
