using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec embed</c>: writes the vectors of items and of users.</summary>
internal static class EmbedVerb
{
    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var output = CommonOptions.Out("The folder for items.npy and items.txt, users.npy and users.txt, or with --since for the delta; what is there is replaced.");
        var user = new Option<string[]>("--user") { Description = "A user to embed; may be given several times.", DefaultValueFactory = _ => [] };
        var users = new Option<string?>("--users") { Description = "A file with users to embed, one a line." };
        var data = new Option<string?>("--data") { Description = "The log that users' histories are read from; needed for users." };
        var time = new Option<DateTimeOffset?>("--time") { Description = "Only users' events before this instant count. Default: all of the log's." };
        var since = new Option<string?>("--since") { Description = "Earlier vectors: a folder of 'embed' or 'index --update', or a bundle. Only what has changed since then is written, for 'index --update'." };
        var tolerance = new Option<double>("--tolerance") { Description = "Leave items out whose vector moved by this cosine distance at the most, 0 to 2; 0: any change is written.", DefaultValueFactory = _ => 0 };
        var json = CommonOptions.Json();
        tolerance.Validators.Add(result =>
        {
            if (!(result.GetValue(tolerance) is >= 0 and <= 2)) result.AddError("--tolerance must be a cosine distance, from 0 to 2.");
        });
        var command = new Command("embed", """
            Writes the bundle's item vectors, and the vectors of users as its user tower sees them: .npy files, with the id of each row a line in a .txt beside it.
            With --since, writes the items that are new or moved (changed.npy, changed.txt) and those that are gone (gone.txt).

            Examples:
              linerec embed --bundle shop/bundles --out vectors
              linerec embed --bundle shop/bundles --out vectors --data log --users users.txt
              linerec embed --bundle shop/bundles --since vectors/2026-01-04 --out deltas/2026-01-05
              linerec embed --bundle shop/bundles --since vectors/2026-01-04 --out deltas/2026-01-05 --tolerance 0.001
            """) { bundle, output, user, users, data, time, since, tolerance, json };
        command.Validators.Add(result =>
        {
            bool isDelta = result.GetResult(since) is not null;
            if (isDelta && (result.GetResult(user) is { Implicit: false } || result.GetResult(users) is not null)) result.AddError("--since compares items; embed users without it.");
            if (!isDelta && result.GetResult(tolerance) is { Implicit: false }) result.AddError("--tolerance says what counts as moved since earlier vectors: give --since, too.");
        });
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            string from = parsed.GetValue(bundle)!, folder = parsed.GetValue(output)!;
            if (parsed.GetValue(since) is { } earlier)
            {
                WriteDelta(terminal, from, earlier, parsed.GetValue(tolerance), folder, parsed.GetValue(json));
                return ExitCode.Done;
            }

            string[] asked = [.. parsed.GetValue(user)!, .. parsed.GetValue(users) is { } file ? File.ReadLines(file).Where(l => l.Length > 0) : []];
            if (asked.Length > 0 && parsed.GetValue(data) is null) throw new RecipeException(RecipeFault.Input, "A user's vector comes of the user's events: give --data the log.");
            var items = VectorFiles.WriteItems(from, folder);
            VectorsWritten? embedded = null;
            if (asked.Length > 0)
            {
                var (histories, end) = ServedLog.Histories(parsed.GetValue(data));
                var until = parsed.GetValue(time) ?? end ?? throw new RecipeException(RecipeFault.Input, $"'{parsed.GetValue(data)}' holds no events.");
                embedded = terminal.Progress().Step($"Embed {asked.Length:N0} users", progress => VectorFiles.WriteUsers(from, histories, asked, until, folder, progress, cancellationToken));
            }

            string text = $"{items.Rows:N0} item vectors of {items.Dimension} values in {items.File}" +
                (embedded is null ? "" : $"{Environment.NewLine}{embedded.Rows:N0} user vectors in {embedded.File}; {embedded.Skipped:N0} users have no event that the model looks at");
            terminal.Write(parsed.GetValue(json), new { Items = items, Users = embedded }, text);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteDelta(Terminal terminal, string bundle, string since, double tolerance, string folder, bool json)
    {
        using var now = VectorFiles.OpenItems(bundle);
        using var before = VectorSet.Open(since);
        var delta = VectorDelta.Write(now, before, tolerance, folder);
        string text = string.Create(CultureInfo.InvariantCulture, $"{delta.Added:N0} items are new, {delta.Moved:N0} moved, {delta.Gone:N0} are gone, {delta.Kept:N0} as they were: in {folder}");
        terminal.Write(json, new { Out = Path.GetFullPath(folder), delta.Added, delta.Moved, delta.Gone, delta.Kept, delta.Tolerance, delta.Dimension }, text);
    }
}
