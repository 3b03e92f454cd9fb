using System.Text;

namespace LineRec.Tests.Bundles;

public sealed class BundleDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bundle;

    public BundleDamageTests() => _bundle = SmallBundle.Publish(_folder.Path);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Files =>
    [
        "catalog.arrows", "charts.arrows", "campaigns.json", "items.npy", "neighbours.npy", "neighbour_scores.npy",
        "tables/item.npy", "tables/category.npy", "features.json", "user_tower.onnx",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_missing_truncated_or_changed_file_is_refused_by_name(string file)
    {
        string path = Path.Combine(_bundle, file);
        byte[] whole = File.ReadAllBytes(path);

        File.Delete(path);
        Refused(file, "missing");
        File.WriteAllBytes(path, whole[..^1]);
        Refused(file, "truncated");
        File.WriteAllBytes(path, []);
        Refused(file, "truncated");
        File.WriteAllBytes(path, [.. whole, 0]);
        Refused(file, "changed");
        File.WriteAllBytes(path, Flip(whole, whole.Length / 2));
        Refused(file, "hash");

        File.WriteAllBytes(path, whole);
        BundleReader.Open(_bundle).Dispose();
    }

    [Fact]
    public void Any_flipped_bit_of_the_manifest_is_refused_or_touches_only_metrics_and_lineage()
    {
        string path = Path.Combine(_bundle, "manifest.json");
        byte[] whole = File.ReadAllBytes(path);
        var expected = BundleManifest.Read(_bundle);
        int refused = 0;
        for (int i = 0; i < whole.Length; i += 5)
        {
            File.WriteAllBytes(path, Flip(whole, i));
            try
            {
                using var snapshot = BundleReader.Open(_bundle);
                Assert.Equal(expected.Fingerprint, snapshot.Fingerprint);
                Assert.Equal(expected.Models.Keys, snapshot.Models.Keys);
                Assert.Equal(expected.Created, snapshot.Created);
            }
            catch (BundleException)
            {
                refused++;
            }
        }

        Assert.True(refused > whole.Length / 10, $"{refused} were refused.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "format_version": "1" }""")]
    [InlineData("""{ "format_version": 0 }""")]
    [InlineData("""{ "format_version": 1 }""")]
    [InlineData("""{ "format_version": 1, "version": null, "created": "2024-05-01T12:00:00+00:00", "fingerprint": "", "files": {}, "models": {}, "metrics": {}, "lineage": {} }""")]
    public void A_manifest_that_is_none_is_refused(string text)
    {
        File.WriteAllText(Path.Combine(_bundle, "manifest.json"), text);
        Refused("manifest.json", "");
    }

    [Fact]
    public void A_newer_format_is_refused_with_the_versions_whatever_else_it_holds()
    {
        File.WriteAllText(Path.Combine(_bundle, "manifest.json"), """{ "format_version": 2, "files": "elsewhere" }""");
        Refused("manifest.json", "format version is 2; this library reads up to 1");
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("/etc/hostname")]
    [InlineData("tables/../../outside.json")]
    [InlineData("tables\\..\\outside.json")]
    [InlineData("C:/outside.json")]
    [InlineData("tables//item.npy")]
    [InlineData("./items.npy")]
    [InlineData("manifest.json")]
    public void A_manifest_that_names_a_file_outside_the_bundle_is_refused(string name)
    {
        string outside = Path.Combine(_folder.Path, "outside.json");
        File.WriteAllText(outside, "{}");
        var manifest = BundleManifest.Read(_bundle);
        Rewrite(manifest with { Files = new Dictionary<string, BundleFile>(manifest.Files) { [name] = new(2, BundleFingerprint.OfFile(outside)) } });
        Refused("manifest.json", "isn't a plain path");
    }

    [Fact]
    public void A_manifest_changed_after_publishing_is_refused()
    {
        var manifest = BundleManifest.Read(_bundle);
        var other = SmallBundle.Tower() with { Output = "other" };
        (manifest with { Models = new Dictionary<string, ModelDescription> { ["user_tower"] = other } }).Write(_bundle);
        Refused("manifest.json", "changed after publishing");
    }

    [Fact]
    public void A_file_that_components_would_read_but_was_not_published_is_refused_and_a_note_is_not()
    {
        File.WriteAllText(Path.Combine(_bundle, "README.txt"), "a note");
        BundleReader.Open(_bundle).Dispose();

        Directory.CreateDirectory(Path.Combine(_bundle, "rankers"));
        File.WriteAllText(Path.Combine(_bundle, "rankers", "home.onnx"), "smuggled in");
        Refused("rankers/home.onnx", "added after publishing");
    }

    [Fact]
    public void A_folder_that_is_empty_or_absent_is_refused()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        Assert.Contains("neither", Assert.Throws<BundleException>(() => BundleReader.Open(empty)).Message);
        Assert.Contains("doesn't exist", Assert.Throws<BundleException>(() => BundleReader.Open(Path.Combine(empty, "absent"))).Message);
    }

    [Theory]
    [InlineData("../v1")]
    [InlineData("/tmp")]
    [InlineData("")]
    [InlineData("v1\nv2")]
    public void A_current_file_that_holds_no_version_is_refused(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "current"), text);
        Assert.Contains("isn't a version", Assert.Throws<BundleException>(() => BundleReader.Open(_folder.Path)).Message);
    }

    [Fact]
    public void A_current_file_that_names_an_absent_version_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "current"), "v9");
        Assert.Contains("'v9', which isn't there", Assert.Throws<BundleException>(() => BundleReader.Open(_folder.Path)).Message);
    }

    /// <summary>Damage that came in before the hashes were taken: the writer was wrong, or somebody made the manifest by hand.</summary>
    [Theory]
    [InlineData("catalog.arrows")]
    [InlineData("charts.arrows")]
    [InlineData("campaigns.json")]
    [InlineData("items.npy")]
    [InlineData("neighbours.npy")]
    [InlineData("features.json")]
    public void Any_damage_under_a_right_hash_is_refused_or_harmless_but_never_another_exception(string file)
    {
        string path = Path.Combine(_bundle, file);
        byte[] whole = File.ReadAllBytes(path);
        var manifest = BundleManifest.Read(_bundle);
        int step = Math.Max(1, whole.Length / 100);
        int refused = 0;
        for (int i = 0; i < whole.Length; i += step)
        {
            foreach (byte[] damaged in (byte[][])[Flip(whole, i), whole[..i]])
            {
                File.WriteAllBytes(path, damaged);
                Rewrite(manifest with { Files = new Dictionary<string, BundleFile>(manifest.Files) { [file] = new(damaged.Length, BundleFingerprint.OfFile(path)) } });
                try
                {
                    BundleReader.Open(_bundle).Dispose();
                }
                catch (BundleException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > whole.Length / step / 2, $"{refused} were refused.");
    }

    [Theory]
    [InlineData("(2147483647, 2147483647)")]
    [InlineData("(4, 99999999999)")]
    [InlineData("(4, 0)")]
    [InlineData("(-4, 2)")]
    [InlineData("(4, 2, 1)")]
    [InlineData("(5, 2)")]
    public void An_absurd_matrix_is_refused(string shape)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] npy = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[32]];
        string path = Path.Combine(_bundle, "items.npy");
        File.WriteAllBytes(path, npy);
        var manifest = BundleManifest.Read(_bundle);
        Rewrite(manifest with { Files = new Dictionary<string, BundleFile>(manifest.Files) { ["items.npy"] = new(npy.Length, BundleFingerprint.OfFile(path)) } });
        Refused("items.npy", "");
    }

    private void Rewrite(BundleManifest manifest) => (manifest with { Fingerprint = manifest.ComputeFingerprint() }).Write(_bundle);

    private void Refused(string file, string because)
    {
        var e = Assert.Throws<BundleException>(() => BundleReader.Open(_bundle));
        Assert.Equal(file, e.File);
        Assert.Contains(because, e.Message);
        Assert.Contains(_bundle, e.Message);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1 << 2;
        return flipped;
    }
}
