using System.Text.Json.Nodes;
using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Vectors of items and users, by one process and by several: the same bytes.</summary>
[Collection(nameof(SmallShop))]
public sealed class EmbedTests(SmallShop shop)
{
    private const string Midnight = "2026-01-03T00:00:00Z"; // the log goes on for two days

    private static readonly string[] Files = ["items.npy", "items.txt", "users.npy", "users.txt"];

    private string Bundles => Path.Combine(shop.Whole, "bundles");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(50)] // more shares than users: some have none
    public async Task Shares_put_together_are_the_vectors_of_one_process_to_the_byte(int shards)
    {
        string[] users = Users(), embed = Embed(users);
        string whole = shop.NewFolder(), merged = shop.NewFolder();
        var alone = await Cli.JsonAsync([.. embed, "--out", whole]);
        var states = new List<string>();
        int items = 0, embedded = 0, skipped = 0;
        for (int shard = 1; shard <= shards; shard++)
        {
            states.Add(shop.NewFolder());
            var share = await Cli.JsonAsync([.. embed, "--out", states[^1], "--shard", $"{shard}/{shards}"]);
            Assert.True(share.GetProperty("ran").GetBoolean());
            Assert.Equal(Files.Sum(f => new FileInfo(Path.Combine(states[^1], f)).Length), share.GetProperty("bytes").GetInt64());
            items += share.GetProperty("items").GetInt32();
            embedded += share.GetProperty("users").GetInt32();
            skipped += share.GetProperty("skipped").GetInt32();
        }

        states.Reverse();
        var together = await Cli.JsonAsync(["embed", "--bundle", Bundles, "--out", merged, "--merge", .. states]);
        AssertAlike(whole, merged);
        Assert.Equal(alone.ToString().Replace(whole, merged, StringComparison.Ordinal), together.ToString());
        Assert.Equal((250, users.Length - 2, 2), (items, embedded, skipped));
    }

    [Fact]
    public async Task A_users_vector_does_not_depend_on_who_else_is_asked_for()
    {
        string[] users = Users();
        string all = shop.NewFolder(), alone = shop.NewFolder();
        await Cli.JsonAsync([.. Embed(users), "--out", all]);
        using var set = VectorSet.OpenFile(Path.Combine(all, "users.npy"));
        foreach (string user in users.Where(u => set.Rows.ContainsKey(u)).Take(5))
        {
            await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", alone, "--data", shop.Log, "--user", user);
            using var vector = NpyMatrix<float>.Open(Path.Combine(alone, "users.npy"));
            Assert.Equal(set.Vectors[set.Rows[user]].ToArray(), vector[0].ToArray());
        }
    }

    [Fact]
    public async Task Processes_that_embed_items_at_once_give_the_bundles_vectors()
    {
        string folder = shop.NewFolder(), whole = shop.NewFolder();
        await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", whole);
        await AirflowStub.ShellAsync(
            $"for i in 1 2 3; do linerec embed --bundle '{Bundles}' --out '{folder}'/state-$i --shard $i/3 & done; wait; linerec embed --bundle '{Bundles}' --out '{folder}/vectors' --merge '{folder}'/state-*", []);
        AssertAlike(whole, Path.Combine(folder, "vectors"));
        Assert.Equal(Files[..2], Directory.EnumerateFileSystemEntries(whole).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_share_that_is_killed_is_none_and_ends_in_the_same_bytes_when_it_is_made_again()
    {
        const int Kills = 6;
        string whole = shop.NewFolder(), state = shop.NewFolder(), merged = shop.NewFolder();
        string[] embed = Embed(Users()), share = [.. embed, "--out", state, "--shard", "1/1"], merge = ["embed", "--bundle", Bundles, "--out", merged, "--merge", state];
        await Cli.JsonAsync([.. embed, "--out", whole]);
        var random = new Random(3);
        int killed = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            if (Directory.Exists(state)) Directory.Delete(state, recursive: true);
            await KilledCli.RunAsync(() => Directory.Exists(state), TimeSpan.FromMilliseconds(kill == 0 ? 0 : random.Next(400)), share);
            var (code, _, error) = await Cli.RunAsync(merge);
            if (code == (int)ExitCode.Done)
            {
                AssertAlike(whole, merged);
                continue;
            }

            Assert.Equal(((int)ExitCode.NotReady, true), (code, error.Contains("holds no share that was made to its end", StringComparison.Ordinal)));
            killed++;
        }

        Assert.True(killed > 0, "Every share had ended before it was killed.");
        await Cli.JsonAsync(share);
        await Cli.JsonAsync(merge);
        AssertAlike(whole, merged);
    }

    [Fact]
    public async Task A_share_that_is_there_is_not_embedded_again_unless_it_is_damaged_or_of_something_else()
    {
        string state = shop.NewFolder(), file = Path.Combine(state, "users.npy");
        string[] users = Users(), embed = [.. Embed(users), "--out", state, "--shard", "1/2"], fewer = [.. Embed(users[1..]), "--out", state, "--shard", "1/2"];
        await RanAsync(true, embed);
        byte[] vectors = await File.ReadAllBytesAsync(file);
        await RanAsync(false, embed);
        await RanAsync(true, [.. embed, "--time", Midnight]);
        await RanAsync(false, [.. embed, "--time", "2026-01-03T01:00:00+01:00"]); // the same instant
        await RanAsync(true, fewer);
        await RanAsync(true, embed);
        Assert.Equal(vectors, await File.ReadAllBytesAsync(file));

        vectors[^1] ^= 1;
        await File.WriteAllBytesAsync(file, vectors);
        await FailsAsync(ExitCode.NotReady, "holds no share that was made to its end", "--merge", state);
        await RanAsync(true, embed);

        static async Task RanAsync(bool expected, string[] args) => Assert.Equal(expected, (await Cli.JsonAsync(args)).GetProperty("ran").GetBoolean());
    }

    [Fact]
    public async Task Shares_that_do_not_make_a_whole_are_refused()
    {
        string[] users = Users();
        string a = await ShareAsync(users, "1/3"), b = await ShareAsync(users, "1/3"), half = await ShareAsync(users, "2/2"), fewer = await ShareAsync(users[1..], "2/3"), early = await ShareAsync(users, "2/3", "--time", Midnight);
        string items = shop.NewFolder();
        await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", items, "--shard", "2/3");
        await FailsAsync(ExitCode.NotReady, "Of 3 shares 2, 3 aren't named. Make what is missing, by 'linerec embed --shard 2/3'", "--merge", a);
        await FailsAsync(ExitCode.NotReady, "holds no share that was made to its end", "--merge", a, shop.NewFolder());
        await FailsAsync(ExitCode.Usage, "are both share 1 of 3", "--merge", a, b);
        await FailsAsync(ExitCode.Usage, "were made with another number of shares", "--merge", a, half);
        await FailsAsync(ExitCode.Usage, "were made with another users", "--merge", a, fewer);
        await FailsAsync(ExitCode.Usage, "were made with another log", "--merge", a, early);
        await FailsAsync(ExitCode.Usage, "were made with another", "--merge", a, items);
        await FailsAsync(ExitCode.Usage, "give one of them", "--merge", a, "--shard", "1/3");
        await FailsAsync(ExitCode.Usage, "--data is given where shares are made", "--merge", a, "--data", shop.Log);
        await FailsAsync(ExitCode.Usage, "--user is given where shares are made", "--merge", a, "--user", users[0]);
        await FailsAsync(ExitCode.Usage, "give it without --shard and --merge", "--since", Bundles, "--shard", "1/2");
        await FailsAsync(ExitCode.Usage, "give it without --shard and --merge", "--since", Bundles, "--merge", a);
        foreach (string wrong in new[] { "0/2", "3/2", "2" }) await FailsAsync(ExitCode.Usage, $"--shard is '{wrong}'; it must be a share", "--shard", wrong);
    }

    [Fact]
    public async Task Shares_of_another_bundle_are_refused()
    {
        string other = OtherBundle(), a = shop.NewFolder(), b = shop.NewFolder();
        await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", a, "--shard", "1/2");
        await Cli.JsonAsync("embed", "--bundle", other, "--out", b, "--shard", "2/2");
        await FailsAsync(ExitCode.Usage, "were made with another bundle", "--merge", a, b);
        await Cli.JsonAsync("embed", "--bundle", other, "--out", a, "--shard", "1/2");
        await FailsAsync(ExitCode.Usage, $"was made from another bundle than that of '{Bundles}' and this build of linerec", "--merge", a, b);
    }

    [Fact]
    public async Task A_day_that_arrives_meanwhile_changes_no_share_up_to_an_earlier_time()
    {
        string log = shop.CopyOf(shop.Log), whole = shop.NewFolder(), a = shop.NewFolder(), b = shop.NewFolder(), merged = shop.NewFolder(), late = Path.Combine(log, "events", "date=2026-01-03"), aside = shop.NewFolder();
        string[] embed = [.. Embed(Users()), "--time", Midnight];
        await Cli.JsonAsync([.. embed, "--out", whole]);
        embed[Array.IndexOf(embed, shop.Log)] = log;
        Directory.Move(late, aside);
        await Cli.JsonAsync([.. embed, "--out", a, "--shard", "1/2"]);
        Directory.Move(aside, late);
        await Cli.JsonAsync([.. embed, "--out", b, "--shard", "2/2"]);
        await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", merged, "--merge", a, b);
        AssertAlike(whole, merged);
    }

    /// <summary>Some users in no order, an odd number of them, and two that nobody knows.</summary>
    private string[] Users()
    {
        var log = Data.ShopLog.Open(shop.Log);
        string[] known = log.ReadInteractions(log.ReadCatalog(), to: DateTimeOffset.Parse(Midnight, System.Globalization.CultureInfo.InvariantCulture)).UserIds[..37];
        new Random(7).Shuffle(known);
        return [.. known[..11], "nobody", .. known[11..], "nobody else"];
    }

    private string[] Embed(string[] users)
    {
        string file = shop.NewFolder();
        File.WriteAllLines(file, users);
        return ["embed", "--bundle", Bundles, "--data", shop.Log, "--users", file];
    }

    private async Task<string> ShareAsync(string[] users, string share, params string[] more)
    {
        string folder = shop.NewFolder();
        await Cli.JsonAsync([.. Embed(users), "--out", folder, "--shard", share, .. more]);
        return folder;
    }

    /// <summary>The same bundle under another name.</summary>
    private string OtherBundle()
    {
        string copy = shop.CopyOf(BundleRoot.Resolve(Bundles)), file = Path.Combine(copy, BundleDefaults.ManifestFile);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        json["version"] = "other";
        json["fingerprint"] = (BundleManifest.Read(copy) with { Version = "other" }).ComputeFingerprint();
        File.WriteAllText(file, json.ToJsonString());
        return copy;
    }

    private static void AssertAlike(string expected, string actual)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(expected).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(actual).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string name in names) Assert.Equal(File.ReadAllBytes(Path.Combine(expected, name)), File.ReadAllBytes(Path.Combine(actual, name)));
    }

    private async Task FailsAsync(ExitCode expected, string message, params string[] more)
    {
        string output = shop.NewFolder();
        var (code, _, error) = await Cli.RunAsync(["embed", "--bundle", Bundles, "--out", output, .. more]);
        Assert.Equal((int)expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output), "A refused command wrote something.");
    }
}
