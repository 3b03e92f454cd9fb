using System.CommandLine;

namespace LineRec.Bench.Vectors;

/// <summary>The verb vectors.</summary>
internal static class VectorsCommand
{
    public static Command Create()
    {
        var defaults = new VectorsOptions();
        var vectors = new Option<string?>("--base") { Description = "Vectors that are searched: .npy (float32) or .fvecs, plain or .gz. Without it a set is made." };
        var queries = new Option<string?>("--queries") { Description = "Vectors that are searched for, likewise." };
        var truth = new Option<string?>("--truth") { Description = "The true rows of each query, best first: .ivecs or .npy, plain or .gz. Computed by brute force if absent." };
        var make = new Option<string>("--make") { Description = "The set that is made without --base: ROWSxDIMENSION, and :hard (clusters of power-law size on a curved surface, queries of another mixture) or :easy after it.", DefaultValueFactory = _ => "1000000x64:hard" };
        var metric = new Option<string>("--metric") { Description = "ip (inner product), cosine or l2.", DefaultValueFactory = _ => "ip" };
        metric.AcceptOnlyFromAmong("ip", "cosine", "l2");
        var k = new Option<int>("--k") { Description = "Rows a query.", DefaultValueFactory = _ => defaults.K };
        var index = new Option<string?>("--index") { Description = $"What is measured, with commas between: {IndexCatalog.Names}, or a beginning such as 'linerec'. All if absent." };
        var threads = new Option<int>("--threads") { Description = "Searching threads, each pinned to a processor.", DefaultValueFactory = _ => defaults.Threads };
        var passes = new Option<int>("--passes") { Description = "How often what is reported is measured; the passes of all indexes alternate, and the median counts.", DefaultValueFactory = _ => defaults.Passes };
        var json = new Option<string?>("--json") { Description = "Writes the report here." };
        var plot = new Option<string?>("--plot") { Description = "Writes the curve of queries a second over recall here: .png or .svg." };
        var command = new Command("vectors", "Measures vector indexes, ours and others': recall, time a query, build time, memory. Settings are chosen on half of the queries and reported on the other half.")
        {
            vectors, queries, truth, make, metric, k, index, threads, passes, json, plot,
        };
        command.SetAction(parsed => Verb.Run(() =>
            new VectorsRun(new VectorsOptions
            {
                Base = parsed.GetValue(vectors),
                Queries = parsed.GetValue(queries),
                Truth = parsed.GetValue(truth),
                Make = MadeSetOptions.Parse(parsed.GetValue(make)!),
                Metric = Metric(parsed.GetValue(metric)!),
                K = parsed.GetValue(k),
                Indexes = parsed.GetValue(index)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                Threads = parsed.GetValue(threads),
                Passes = parsed.GetValue(passes),
                Json = parsed.GetValue(json),
                Plot = parsed.GetValue(plot),
            }).Run()));
        return command;
    }

    /// <summary>What --metric names.</summary>
    public static VectorMetric Metric(string name) => name switch { "cosine" => VectorMetric.Cosine, "l2" => VectorMetric.L2, _ => VectorMetric.InnerProduct };
}
