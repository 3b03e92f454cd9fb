using System.Text.Json;

namespace LineRec;

/// <summary>Reads and writes campaigns.json.</summary>
internal static class BundleCampaigns
{
    private const string Remedy = "Correct the campaign and publish again.";

    public static void Write(string bundle, IEnumerable<Campaign> campaigns)
    {
        var rows = campaigns.Select(BundleCampaign.From).ToArray();
        Check(bundle, rows);
        File.WriteAllBytes(Path.Combine(bundle, BundleDefaults.CampaignsFile), JsonSerializer.SerializeToUtf8Bytes(rows, BundleJson.Default.BundleCampaignArray));
    }

    /// <summary>The campaigns; none where the bundle has no such file.</summary>
    public static IReadOnlyList<Campaign> Read(string bundle)
    {
        string path = Path.Combine(bundle, BundleDefaults.CampaignsFile);
        if (!File.Exists(path)) return [];
        try
        {
            var rows = JsonSerializer.Deserialize(File.ReadAllBytes(path), BundleJson.Default.BundleCampaignArray) ?? [];
            Check(bundle, rows);
            return [.. rows.Select(r => r.ToCampaign())];
        }
        catch (JsonException e)
        {
            throw new BundleException(bundle, BundleDefaults.CampaignsFile, $"it isn't a list of campaigns: {e.Message}", Remedy, e);
        }
    }

    private static void Check(string bundle, BundleCampaign[] rows)
    {
        foreach (var row in rows)
        {
            if (row.FindProblem() is { } problem) throw new BundleException(bundle, BundleDefaults.CampaignsFile, problem, Remedy);
        }
    }
}
