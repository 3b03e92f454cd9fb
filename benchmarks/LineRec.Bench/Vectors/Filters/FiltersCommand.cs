using System.CommandLine;

namespace LineRec.Bench.Vectors;

/// <summary>The verb filters.</summary>
internal static class FiltersCommand
{
    public static Command Create()
    {
        var vectors = new Option<string?>("--base") { Description = "Vectors that are searched: .npy (float32) or .fvecs, plain or .gz. Without it a set is made." };
        var queries = new Option<string?>("--queries") { Description = "Vectors that are searched for, likewise." };
        var make = new Option<string>("--make") { Description = "The set that is made without --base: ROWSxDIMENSION, and :hard or :easy after it.", DefaultValueFactory = _ => "1000000x64:hard" };
        var metric = new Option<string>("--metric") { Description = "ip (inner product), cosine or l2.", DefaultValueFactory = _ => "ip" };
        metric.AcceptOnlyFromAmong("ip", "cosine", "l2");
        var k = new Option<int>("--k") { Description = "Rows a query.", DefaultValueFactory = _ => 100 };
        var json = new Option<string?>("--json") { Description = "Writes the report here." };
        var command = new Command("filters", "Measures searches among eligible rows only, from half of the rows to one in ten thousand, against an exact scan of the eligible rows.") { vectors, queries, make, metric, k, json };
        command.SetAction(parsed => Verb.Run(() =>
            new FiltersRun(new VectorsOptions
            {
                Base = parsed.GetValue(vectors),
                Queries = parsed.GetValue(queries),
                Make = MadeSetOptions.Parse(parsed.GetValue(make)!),
                Metric = VectorsCommand.Metric(parsed.GetValue(metric)!),
                K = parsed.GetValue(k),
                Json = parsed.GetValue(json),
            }).Run()));
        return command;
    }
}
