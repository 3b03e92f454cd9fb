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
        var output = CommonOptions.Out("The folder for items.npy and items.txt, users.npy and users.txt, with --shard for those of the share, or with --since for the delta; what is there is replaced.");
        var user = new Option<string[]>("--user") { Description = "A user to embed; may be given several times.", DefaultValueFactory = _ => [] };
        var users = new Option<string?>("--users") { Description = "A file with users to embed, one a line." };
        var data = new Option<string?>("--data") { Description = "The log that users' histories are read from; needed for users." };
        var time = new Option<DateTimeOffset?>("--time") { Description = "Only users' events before this instant count. Default: all of the log's." };
        var since = new Option<string?>("--since") { Description = "Earlier vectors: a folder of 'embed' or 'index --update', or a bundle. Only what has changed since then is written, for 'index --update'." };
        var tolerance = new Option<double>("--tolerance") { Description = "Leave items out whose vector moved by this cosine distance at the most, 0 to 2; 0: any change is written.", DefaultValueFactory = _ => 0 };
        var shard = ShareOptions.Shard("Embed one share of the items and users only: 2/4 is the second of four. Shares are even to a row.");
        var merge = ShareOptions.Merge("The folders of all shares, in any order: put them together.");
        var json = CommonOptions.Json();
        tolerance.Validators.Add(result =>
        {
            if (!(result.GetValue(tolerance) is >= 0 and <= 2)) result.AddError("--tolerance must be a cosine distance, from 0 to 2.");
        });
        var command = new Command("embed", """
            Writes the bundle's item vectors, and the vectors of users as its user tower sees them: .npy files, with the id of each row a line in a .txt beside it.
            With --since, writes the items that are new or moved (changed.npy, changed.txt) and those that are gone (gone.txt).
            Several processes or machines can share the work: each embeds a share into a folder of its own, one puts them together. The files are the same to the byte, however many share it. A share that is
            there already isn't embedded again.

            Examples:
              linerec embed --bundle shop/bundles --out vectors
              linerec embed --bundle shop/bundles --out vectors --data log --users users.txt
              linerec embed --bundle shop/bundles --out state-1 --data log --users users.txt --shard 1/2
              linerec embed --bundle shop/bundles --out state-2 --data log --users users.txt --shard 2/2
              linerec embed --bundle shop/bundles --out vectors --merge state-1 state-2
              linerec embed --bundle shop/bundles --since vectors/2026-01-04 --out deltas/2026-01-05
              linerec embed --bundle shop/bundles --since vectors/2026-01-04 --out deltas/2026-01-05 --tolerance 0.001
            """) { bundle, output, user, users, data, time, since, tolerance, shard, merge, json };
        ShareOptions.Check(command, shard, merge, user, users, data, time);
        command.Validators.Add(result =>
        {
            bool isDelta = ShareOptions.IsGiven(result, since);
            if (isDelta && (ShareOptions.IsGiven(result, user) || ShareOptions.IsGiven(result, users))) result.AddError("--since compares items; embed users without it.");
            if (isDelta && (ShareOptions.IsGiven(result, shard) || ShareOptions.IsGiven(result, merge))) result.AddError("--since compares vectors that are there, which one process does: give it without --shard and --merge.");
            if (!isDelta && ShareOptions.IsGiven(result, tolerance)) result.AddError("--tolerance says what counts as moved since earlier vectors: give --since, too.");
        });
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            string from = parsed.GetValue(bundle)!, folder = parsed.GetValue(output)!;
            bool toJson = parsed.GetValue(json);
            if (parsed.GetValue(since) is { } earlier)
            {
                WriteDelta(terminal, from, earlier, parsed.GetValue(tolerance), folder, toJson);
            }
            else if (parsed.GetValue(merge) is { Length: > 0 } shares)
            {
                Write(terminal, "Put the shares together", _ => Embedding.Merge(from, shares, folder), toJson);
            }
            else
            {
                string[] asked = [.. parsed.GetValue(user)!, .. parsed.GetValue(users) is { } file ? File.ReadLines(file).Where(l => l.Length > 0) : []];
                if (asked.Length > 0 && parsed.GetValue(data) is null) throw new RecipeException(RecipeFault.Input, "A user's vector comes of the user's events: give --data the log.");
                var embedding = new Embedding(from, asked.Length == 0 ? null : new UsersAsked(asked, parsed.GetValue(data)!, parsed.GetValue(time)));
                if (parsed.GetValue(shard) is { } number) WriteShare(terminal, number, folder, progress => embedding.Make(number, folder, progress, cancellationToken), toJson);
                else Write(terminal, "Embed", progress => embedding.Run(folder, progress, cancellationToken), toJson);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string step, Func<IProgress<double>, EmbeddedVectors> work, bool json)
    {
        var (items, users) = terminal.Progress().Step(step, work);
        string text = $"{items.Rows:N0} item vectors of {items.Dimension} values in {items.File}" +
            (users is null ? "" : $"{Environment.NewLine}{users.Rows:N0} user vectors in {users.File}; {users.Skipped:N0} users have no event that the model looks at");
        terminal.Write(json, new { Items = items, Users = users }, text);
    }

    private static void WriteShare(Terminal terminal, ShareNumber number, string folder, Func<IProgress<double>, (Share<EmbeddedShare> Share, bool Ran)> work, bool json)
    {
        var (share, ran) = terminal.Progress().Step($"Embed share {number}", work);
        var (items, users, skipped) = share.Result;
        string ofUsers = users + skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {users:N0} users ({skipped:N0} have no event that the model looks at)");
        string text = string.Create(CultureInfo.InvariantCulture, $"share {number} {(ran ? "embedded" : "unchanged")}: vectors of {items:N0} items{ofUsers}, {share.Bytes:N0} bytes in {folder}");
        terminal.Write(json, new { Out = Path.GetFullPath(folder), Ran = ran, share.Shard, share.Shards, Items = items, Users = users, Skipped = skipped, share.Bytes }, text);
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
