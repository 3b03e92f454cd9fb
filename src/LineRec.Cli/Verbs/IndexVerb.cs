using System.CommandLine;
using LineRec.Recipes;
using LineRec.Retrieval;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec index</c>: builds, measures and saves the vector index that suits.</summary>
internal static class IndexVerb
{
    public static Command Create(Terminal terminal)
    {
        var vectors = new Option<string>("--vectors") { Description = "The vectors, a .npy file: items.npy of a bundle or of 'linerec embed'.", Required = true };
        var output = CommonOptions.Out("The index file; replaced. An exact scan, chosen for few vectors, needs none.");
        var queries = new Option<string?>("--queries") { Description = "Vectors as they will be asked, a .npy file: users.npy of 'linerec embed', 100 or better 1,000 of them. Default: drawn from the vectors." };
        var metric = new Option<VectorMetric>("--metric") { Description = "What a score is.", DefaultValueFactory = _ => VectorMetric.InnerProduct };
        var k = new Option<int>("--k") { Description = "Rows a search.", DefaultValueFactory = _ => AutoIndexDefaults.K };
        var recall = new Option<float>("--recall") { Description = "The share of the true best that answers must hold; 1 for exact ones.", DefaultValueFactory = _ => AutoIndexDefaults.RecallTarget };
        var budget = new Option<double>("--budget-ms") { Description = "How long the 99th of 100 searches may take; an exact index is chosen where it keeps that.", DefaultValueFactory = _ => AutoIndexDefaults.LatencyBudget.TotalMilliseconds };
        var json = CommonOptions.Json();
        var command = new Command("index", """
            Chooses the quickest way to search that reaches the recall, tells what it measured, and saves the index. It refers to the vectors, which stay in their file.

            Examples:
              linerec index --vectors vectors/items.npy --out vectors/items.ivf
              linerec index --vectors vectors/items.npy --queries vectors/users.npy --recall 0.99 --k 200 --out vectors/items.ivf
            """) { vectors, output, queries, metric, k, recall, budget, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var options = new AutoIndexOptions
            {
                Metric = parsed.GetValue(metric),
                K = parsed.GetValue(k),
                RecallTarget = parsed.GetValue(recall),
                LatencyBudget = TimeSpan.FromMilliseconds(parsed.GetValue(budget)),
            };
            var built = terminal.Progress().Step("Build and tune the index", _ => BuiltIndex.Build(parsed.GetValue(vectors)!, parsed.GetValue(queries), options, parsed.GetValue(output)!));
            terminal.Write(parsed.GetValue(json), built, built.Choice + Environment.NewLine + (built.File is null ? "Nothing was saved: the vectors themselves are searched." : $"Saved to {built.File}"));
            return ExitCode.Done;
        });
        return command;
    }
}
