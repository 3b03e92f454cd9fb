using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What README.md shows, run as it stands over a tiny bundle.</summary>
[Collection(nameof(ShopFolder))]
public class ReadmeSnippets
{
    private static readonly string[] args = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"]; // named as in a program

    [Fact]
    public async Task A_host_serves_learns_and_explains()
    {
        #region five-minutes
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddLineRec(o => o.Bundle = "bundles/shop")          // hot-swapped when a new version is published
            .UseOnnx()
            .AddPlacement("home", p => p
                .Retrieve(r => r.TwoTower(400).ItemToItem(100).Trending(50).NewArrivals(50))
                .Filter(f => f.InStock().NotPurchasedWithin(TimeSpan.FromDays(30)))
                .Rank(r => r.Onnx("home").Take(100))                         // rankers/home.onnx of the bundle
                .ReRank(r => r.NoAdjacent(x => x.Category).Freshness(0.05, 0.10).Campaigns())
                .FallBackTo("charts")
                .Deadline(TimeSpan.FromMilliseconds(40)))
            .AddPlacement("charts", p => p.Retrieve(r => r.Trending(200)).Take(50));

        var app = builder.Build();

        app.MapGet("/home/{user}", (string user, IRecommender rec, CancellationToken ct) =>
            rec.RecommendAsync(new() { Placement = "home", UserId = user, Take = 20 }, ct));
        #endregion

        #region events
        app.MapPost("/event", (UserEvent userEvent, IUserHistoryStore histories) => histories.Append(userEvent));
        #endregion

        #region explain
        app.MapGet("/why/{user}/{item}", async (string user, string item, IRecommender rec, CancellationToken ct) =>
        {
            var explanation = await rec.ExplainAsync(new() { Placement = "home", UserId = user }, ct);
            var way = explanation.Find(item);

            return way switch
            {
                null => $"No retriever proposed {item}.",
                { SlatePosition: { } place } => $"{item} is shown at place {place}; it was proposed by {string.Join(", ", way.Sources.Select(s => s.Source))}.",
                _ => $"{item} fell out at {way.FellOutAt?.Stage} ({way.FellOutAt?.Component}).",
            };
        });
        #endregion

        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        string[] before = await ItemsAsync(http, "/home/anna");
        Assert.Equal(20, before.Length);

        // What she just bought is kept back from the very next slate.
        using var posted = await http.PostAsJsonAsync("/event", new UserEvent("anna", before[0], EventType.Purchase, DateTimeOffset.UtcNow.AddMinutes(-1)));
        posted.EnsureSuccessStatusCode();
        string[] after = await ItemsAsync(http, "/home/anna");
        Assert.Equal(20, after.Length);
        Assert.DoesNotContain(before[0], after);

        string fate = await http.GetStringAsync($"/why/anna/{before[0]}");
        Assert.Equal($"{before[0]} fell out at Filter (not-purchased-within).", fate);
        Assert.Contains($"{after[0]} is shown at place", await http.GetStringAsync($"/why/anna/{after[0]}"), StringComparison.Ordinal);
        Assert.Equal("No retriever proposed item-99.", await http.GetStringAsync("/why/anna/item-99"));
        await app.StopAsync();
    }

    [Fact]
    public async Task A_host_puts_its_own_code_into_a_funnel()
    {
        var builder = WebApplication.CreateBuilder(args);

        #region own-components
        builder.Services.AddScoped<RegionFilter>();

        builder.Services.AddLineRec(o => o.Bundle = "bundles/shop")
            .AddPlacement("cart", p => p
                .Retrieve(r => r
                    .ItemToItem(100)
                    .Use("editors", 10, new EditorsRetriever("item-03", "item-14")))  // an instance
                .Filter(f => f
                    .AddService<RegionFilter>("region"))                             // a type: this request's own
                .Rank(r => r
                    .Use("cheap", (context, candidates, cancellationToken) =>        // a delegate
                    {
                        for (int i = 0; i < candidates.Count; i++) candidates.Scores[i] -= 0.01f * context.Catalog.Price![candidates.Rows[i]];
                        return ValueTask.CompletedTask;
                    })));
        #endregion

        await using var app = builder.Build();
        await app.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var slate = await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(new() { Placement = "cart", AnchorItemIds = ["item-20"] });

        Assert.Contains(slate.Items, i => i.ItemId == "item-14");
        Assert.DoesNotContain(slate.Items, i => i.ItemId == "item-03"); // not sold in the region
        Assert.True(scope.ServiceProvider.GetRequiredService<RegionFilter>().WasAsked);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_job_recommends_without_a_container()
    {
        #region no-container
        using var recommender = new RecommenderBuilder()
            .AddPlacement("charts", p => p.Retrieve(r => r.Trending(200)).Filter(f => f.InStock()).Take(50))
            .Build(BundleReader.Open("bundles/shop"));

        var slate = await recommender.RecommendAsync(new() { Placement = "charts", Take = 10 });
        foreach (var item in slate.Items) Console.WriteLine($"{item.ItemId} {item.Score:0.000}");
        #endregion

        Assert.Equal(10, slate.Items.Count);
        Assert.Equal("item-00", slate.Items[0].ItemId);
    }

    /// <summary>A slate's items. The first requests may miss their deadline while code is still being compiled; those are asked again.</summary>
    private static async Task<string[]> ItemsAsync(HttpClient http, string path)
    {
        var slate = await http.GetFromJsonAsync<JsonElement>(path);
        for (int tries = 0; tries < 100 && slate.GetProperty("degradations").GetArrayLength() > 0; tries++) slate = await http.GetFromJsonAsync<JsonElement>(path);
        return [.. slate.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("itemId").GetString()!)];
    }
}
