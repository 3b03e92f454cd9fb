using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Bundles are published by hand: as the candidate, as the champion, and what the registry says of them.</summary>
[Collection(nameof(SmallShop))]
public sealed class PublishVerbTests(SmallShop shop)
{
    private string Made => Path.Combine(shop.Whole, "runs", SmallShop.LastDate, "bundle");

    [Fact]
    public async Task A_candidate_lies_beside_the_champion_until_it_is_made_one()
    {
        string output = shop.NewFolder(), root = Path.Combine(output, "bundles");
        var candidate = await Cli.JsonAsync("publish", "--bundle", Made, "--out", output);
        string version = candidate.GetProperty("version").GetString()!;
        Assert.Null(BundleRoot.GetCurrent(root));
        Assert.Equal(version, candidate.GetProperty("candidate").GetString());
        var (tried, _, why) = await Cli.RunAsync("explain", "--bundle", Path.Combine(root, version), "--placement", "home");
        Assert.True(tried == 0, why);

        string[] promote = ["publish", "--bundle", Path.Combine(root, version), "--out", output, "--alias", "champion"];
        for (int time = 0; time < 2; time++)
        {
            var champion = await Cli.JsonAsync(promote);
            Assert.Equal((version, null), (champion.GetProperty("champion").GetString(), champion.GetProperty("candidate").GetString()));
            Assert.Equal(version, BundleRoot.GetCurrent(root));
        }

        var (code, _, error) = await Cli.RunAsync("publish", "--bundle", Made, "--out", output);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("is the champion or was it; it can't be a candidate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_by_hand_is_what_the_pipeline_publishes()
    {
        string output = shop.NewFolder();
        await Cli.JsonAsync("publish", "--bundle", Made, "--out", output, "--alias", "champion");
        var byHand = BundleRegistry.Read(Path.Combine(output, "bundles")).Bundles.Single();
        var byPipeline = BundleRegistry.Read(Path.Combine(shop.Whole, "bundles")).Bundles.Single();
        Assert.Equal(byPipeline, byHand); // version, date, fingerprint, lineage
        Assert.Equal(LogFingerprint.Of(shop.Log, new(2026, 1, 4)), byHand.Lineage!.Data);
        Assert.Equal(CodeVersion.Current, byHand.Lineage.Code);
    }

    [Fact]
    public async Task The_registry_names_alias_and_lineage()
    {
        var registry = await Cli.JsonAsync("registry", "--out", shop.Whole);
        var bundle = Assert.Single(registry.GetProperty("bundles").EnumerateArray());
        Assert.Equal("champion", bundle.GetProperty("alias").GetString());
        var (_, text, _) = await Cli.RunAsync("registry", "--out", shop.Whole);
        Assert.Contains($"champion   data {bundle.GetProperty("lineage").GetProperty("data").GetString()![..12]}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_bundle_is_not_published()
    {
        string copy = Path.Combine(shop.CopyOfWhole(), "runs", SmallShop.LastDate, "bundle"), output = shop.NewFolder();
        string file = Path.Combine(BundleRoot.Resolve(copy), "items.npy");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^3] ^= 0x10;
        await File.WriteAllBytesAsync(file, bytes);
        var (code, _, error) = await Cli.RunAsync("publish", "--bundle", copy, "--out", output, "--alias", "champion");
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("items.npy", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Path.Combine(output, "bundles")));
    }
}
