using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;
using LineRec.Retrieval;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec index</c>: builds, measures and saves the vector index that suits.</summary>
internal static class IndexVerb
{
    public static Command Create(Terminal terminal)
    {
        var vectors = new Option<string?>("--vectors") { Description = "The vectors, a .npy file: items.npy of a bundle or of 'linerec embed'. With --update: those of the index; default: the .npy file of its name." };
        var output = CommonOptions.Out("The index file; replaced. An exact scan, chosen for few vectors, needs none. With --update, the vectors and ids are written beside it, as .npy and .txt.");
        var queries = new Option<string?>("--queries") { Description = "Vectors as they will be asked, a .npy file: users.npy of 'linerec embed', 100 or better 1,000 of them. Default: drawn from the vectors." };
        var metric = new Option<VectorMetric>("--metric") { Description = "What a score is.", DefaultValueFactory = _ => VectorMetric.InnerProduct };
        var k = new Option<int>("--k") { Description = "Rows a search.", DefaultValueFactory = _ => AutoIndexDefaults.K };
        var recall = new Option<float>("--recall") { Description = "The share of the true best that answers must hold; 1 for exact ones.", DefaultValueFactory = _ => AutoIndexDefaults.RecallTarget };
        var budget = new Option<double>("--budget-ms") { Description = "How long the 99th of 100 searches may take; an exact index is chosen where it keeps that.", DefaultValueFactory = _ => AutoIndexDefaults.LatencyBudget.TotalMilliseconds };
        var update = new Option<string?>("--update") { Description = "A saved index that takes a delta, instead of building one." };
        var delta = new Option<string?>("--delta") { Description = "With --update: the folder of 'linerec embed --since' with what has changed since the index's vectors." };
        var against = new Option<string?>("--against") { Description = "With --update: a bundle, or a folder of 'embed', whose exact answers count as true. Default: the index's own vectors, which a --tolerance has left behind." };
        var json = CommonOptions.Json();
        var command = new Command("index", """
            Chooses the quickest way to search that reaches the recall, tells what it measured, and saves the index. It refers to the vectors, which stay in their file.
            With --update, a saved index takes the items that are new, moved or gone, and is saved elsewhere with its vectors. Its lists stay as they were learnt: build it anew when the recall falls.

            Examples:
              linerec index --vectors vectors/items.npy --out vectors/items.ivf
              linerec index --vectors vectors/items.npy --queries vectors/users.npy --recall 0.99 --k 200 --out vectors/items.ivf
              linerec index --update vectors/2026-01-04/items.ivf --delta deltas/2026-01-05 --out vectors/2026-01-05/items.ivf
            """) { vectors, output, queries, metric, k, recall, budget, update, delta, against, json };
        k.Validators.Add(result =>
        {
            if (result.GetValue(k) < 1) result.AddError("--k must be 1 or more.");
        });
        command.Validators.Add(result =>
        {
            bool updates = result.GetResult(update) is not null;
            if (updates && result.GetResult(delta) is null) result.AddError("--update needs to know what has changed: give --delta a folder of 'linerec embed --since'.");
            if (!updates && result.GetResult(vectors) is null) result.AddError("Option '--vectors' is required, unless --update is given.");
            if (!updates && (result.GetResult(delta) ?? result.GetResult(against)) is not null) result.AddError("--delta and --against belong to --update: give it the saved index.");
            if (updates && new Option[] { metric, recall, budget }.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } building) result.AddError($"{building.Name} is for building an index; --update keeps what it was built with.");
        });
        terminal.SetAction(command, (parsed, _) =>
        {
            if (parsed.GetValue(update) is { } index)
            {
                using var truth = parsed.GetValue(against) is { } set ? VectorSet.Open(set) : null;
                var updated = terminal.Progress().Step("Update the index", _ => UpdatedIndex.Apply(
                    index, parsed.GetValue(vectors) ?? Path.ChangeExtension(index, ".npy"), parsed.GetValue(delta)!, parsed.GetValue(output)!, parsed.GetValue(queries), truth, parsed.GetValue(k)));
                terminal.Write(parsed.GetValue(json), updated, Describe(updated));
                return ExitCode.Done;
            }

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

    private static string Describe(UpdatedIndex updated) => string.Create(
        CultureInfo.InvariantCulture,
        $"{updated.Added:N0} items added, {updated.Moved:N0} moved, {updated.Gone:N0} gone: {updated.Vectors:N0} vectors; recall at {updated.K} {updated.Recall:0.0000}, before {updated.RecallBefore:0.0000}. Saved to {updated.File}");
}
