using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec embed</c>: writes the vectors of items and of users.</summary>
internal static class EmbedVerb
{
    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var output = CommonOptions.Out("The folder for items.npy and items.txt, users.npy and users.txt; what is there is replaced.");
        var user = new Option<string[]>("--user") { Description = "A user to embed; may be given several times.", DefaultValueFactory = _ => [] };
        var users = new Option<string?>("--users") { Description = "A file with users to embed, one a line." };
        var data = new Option<string?>("--data") { Description = "The log that users' histories are read from; needed for users." };
        var time = new Option<DateTimeOffset?>("--time") { Description = "Only users' events before this instant count. Default: all of the log's." };
        var json = CommonOptions.Json();
        var command = new Command("embed", """
            Writes the bundle's item vectors, and the vectors of users as its user tower sees them: .npy files, with the id of each row a line in a .txt beside it.

            Examples:
              linerec embed --bundle shop/bundles --out vectors
              linerec embed --bundle shop/bundles --out vectors --data log --users users.txt
            """) { bundle, output, user, users, data, time, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            string from = parsed.GetValue(bundle)!, folder = parsed.GetValue(output)!;
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
}
