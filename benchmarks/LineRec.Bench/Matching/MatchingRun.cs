using System.Diagnostics;
using System.Globalization;
using LineRec.Training;
using Spectre.Console;

namespace LineRec.Bench.Matching;

/// <summary>Trains each model, measures it on the test file, and writes the report.</summary>
internal sealed class MatchingRun(MatchingOptions options)
{
    private const int K = 20;

    public void Run()
    {
        var names = options.Models.Count > 0 ? options.Models : MatchingModels.Names;
        foreach (string name in names)
            if (!MatchingModels.Names.Contains(name)) throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", MatchingModels.Names)}.");
        if (!(options.Minutes > 0)) throw new ArgumentException($"--minutes is {options.Minutes}; it must be over 0.");
        var matrices = InteractionFile.Read(options.Train, options.Test);
        var (train, test) = (matrices[0], matrices[1]);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{train.UserCount:#,0} users, {train.ItemCount:#,0} items, {train.Count:#,0} interactions to train on, {test.Count:#,0} to find"));
        var models = new MatchingModels(options, train);
        List<MatchingRow> rows = [];
        foreach (string name in names)
        {
            rows.Add(Measure(name, models, train, test));
            var report = new MatchingReport { Train = options.Train, Test = options.Test, Threads = options.Threads, Seed = options.Seed, Rows = rows };
            if (options.Json is { } json) report.Save(json);
            if (rows.Count == names.Count) report.WriteTable();
        }
    }

    private MatchingRow Measure(string name, MatchingModels models, InteractionMatrix train, InteractionMatrix test)
    {
        PeakMemory.Reset();
        var watch = Stopwatch.StartNew();
        var trained = models.Train(name);
        double seconds = watch.Elapsed.TotalSeconds + trained.ExtraSeconds;
        var metrics = MatchingMetrics.Evaluate(trained.Model, train, test, K, options.Threads);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: recall@20 {metrics.Recall:0.0000}, ndcg@20 {metrics.Ndcg:0.0000}, trained in {seconds:0.0} s; {trained.Settings}"));
        return new MatchingRow
        {
            Model = name,
            RecallAt20 = metrics.Recall,
            NdcgAt20 = metrics.Ndcg,
            TrainS = seconds,
            SamplesPerS = trained.SamplesPerSecond ?? train.Count / seconds,
            PeakRssMb = PeakMemory.Megabytes(),
            Settings = trained.Settings,
        };
    }
}
