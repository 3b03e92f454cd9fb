using System.Text.Json;

namespace LineRec.Samples.Shop.Tests;

/// <summary>The whole way from a simulated log to served slates, small.</summary>
public sealed class ShopRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-run").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_small_simulated_shop_is_trained_served_and_judged()
    {
        string json = Path.Combine(_folder, "report.json");
        var options = new ShopOptions { Users = 500, Items = 800, Days = 30, Requests = 240, Json = json, Out = _folder };
        Assert.Equal(0, await new ShopRun(options).RunAsync(CancellationToken.None));

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        var root = report.RootElement;
        Assert.Equal("simulator", root.GetProperty("dataset").GetString());
        Assert.Equal((24, 240, 0), (root.GetProperty("placements").GetInt32(), root.GetProperty("requests").GetInt32(), root.GetProperty("empty_slates").GetInt32()));
        Assert.Equal(["retrieve", "filter", "rank", "rerank", "total"], root.GetProperty("latency").EnumerateArray().Select(l => l.GetProperty("stage").GetString()!));
        Assert.True(root.GetProperty("rankers").GetArrayLength() >= 5);
        Assert.All(root.GetProperty("rankers").EnumerateArray(), r => Assert.InRange(r.GetProperty("auc").GetDouble(), 0.5, 1.0));

        double Recall(string system) => root.GetProperty("quality").EnumerateArray().Single(q => q.GetProperty("system").GetString() == system).GetProperty("recall_at_20").GetDouble();
        Assert.True(Recall("ranked") > Recall("popularity"), $"ranked {Recall("ranked")}, popularity {Recall("popularity")}");
        Assert.True(Recall("oracle") > Recall("ranked"), $"oracle {Recall("oracle")}, ranked {Recall("ranked")}");

        using var snapshot = BundleReader.Open(_folder);
        Assert.Contains("user_tower", snapshot.Models.Keys);
        Assert.Contains("item_tower", snapshot.Models.Keys);
        Assert.Contains("rankers/home", snapshot.Models.Keys);
    }
}
