using System.Text.Json;
using LineRec.Data;
using LineRec.Retrieval;
using LineRec.Retrieval.Text;
using LineRec.TinyShop;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the pages of the retrieval packages show.</summary>
[Collection(nameof(ShopFolder))]
public class RetrievalSnippets
{
    private static readonly string[] args = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"]; // named as in a program

    [Fact]
    public async Task A_search_page_answers_queries()
    {
        #region search
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddLineRec(o => o.Bundle = "bundles/shop")
            .AddPlacement("search", p => p.Retrieve(r => r.Search(400)).Take(50));   // titles are indexed when the bundle is loaded

        var app = builder.Build();

        app.MapGet("/search", (string q, IRecommender rec, CancellationToken ct) =>
            rec.RecommendAsync(new() { Placement = "search", Query = q, Take = 20 }, ct));
        #endregion

        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("/search?q=THINGS%20(14", UriKind.Relative)));
        Assert.Equal("item-14", answer.RootElement.GetProperty("items")[0].GetProperty("itemId").GetString());
        await app.StopAsync();
    }

    [Fact]
    public async Task A_search_can_forgive_typing_errors_and_do_without_icu()
    {
        #region search-options
        var options = new SearchOptions
        {
            Titles = new()
            {
                MaxTypos = 2,                                        // "headphonse" finds headphones
                Analysis = new() { Chinese = ChineseWords.SmartCn, TraditionalAsSimplified = false },   // runs where the host has no cultures
            },
        };
        using var recommender = new RecommenderBuilder()
            .AddPlacement("search", p => p.Retrieve(r => r.Search(400, options)))
            .Build(BundleReader.Open("bundles/shop"));

        var slate = await recommender.RecommendAsync(new() { Placement = "search", Query = "nubmer 14" });
        #endregion

        Assert.Equal("item-14", slate.Items[0].ItemId);
    }

    [Fact]
    public async Task Points_are_fed_from_the_table()
    {
        var asOf = TinyCatalog.Now;
        UserPointsTable.Write("points/user_points.parquet", [new("mei", 12, asOf.AddDays(3)), new("mei", 8, null)]);
        using var snapshot = new ModelSnapshot(TinyCatalog.Create())
        {
            Campaigns = [new("double", "points", asOf.AddDays(-1), DateTimeOffset.MaxValue, 2, CatalogColumns.Category, ["garden"])],
        };

        #region points
        var points = new InMemoryUserPoints();                       // or an IUserPoints of your own
        foreach (var lot in UserPointsTable.Read("points/user_points.parquet")) points.Add(lot.UserId, lot.Balance, lot.ExpiresAt);

        using var recommender = new RecommenderBuilder()             // in a host: AddSingleton<IUserPoints>(points)
            .AddPlacement("points", p => p.Retrieve(r => r.Points(50, new() { Points = points })))
            .Build(snapshot);
        #endregion

        var slate = await recommender.RecommendAsync(new() { Placement = "points", UserId = "mei", Take = 10 });
        Assert.All(slate.Items, i => Assert.Equal(4, TinyCatalog.CategoryOf(int.Parse(i.ItemId["item-".Length..], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.NotEmpty(slate.Items);
    }

    [Fact]
    public async Task A_chart_is_chosen_by_what_the_request_says()
    {
        var events = TinyCatalog.CreateEvents();
        var catalog = TinyCatalog.Create();
        var asOf = TinyCatalog.Now;

        #region charts
        var charts = new TrendingChartsBuilder(catalog, new() { Counting = new() { AsOf = asOf }, MinItems = 5 })
            .Add(events, user => new Dictionary<string, string> { ["region"] = user.EndsWith('1') ? "north" : "south" })
            .Build();                                                // "trending", "trending/category=toys", "trending/region=north", …

        using var recommender = new RecommenderBuilder()
            .AddPlacement("charts", p => p.Retrieve(r => r.Trending(50, new() { By = [ChartScope.Segment("region"), ChartScope.Category] })))
            .Build(new ModelSnapshot(catalog) { Charts = charts });

        var slate = await recommender.RecommendAsync(new()
        {
            Placement = "charts", Attributes = new Dictionary<string, string> { ["region"] = "north" },
        });
        #endregion

        Assert.Equal(charts["trending/region=north"].Rows[..slate.Items.Count].ToArray().Select(catalog.IdOf), slate.Items.Select(i => i.ItemId));
        Assert.NotEqual(charts["trending"].Rows[0], charts["trending/region=north"].Rows[0]);
    }
}
