using LineRec.Features;
using LineRec.TinyShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the packages' own pages show.</summary>
[Collection(nameof(ShopFolder))]
public class PackageSnippets
{
    [Fact]
    public void Features_are_declared_fitted_and_encoded()
    {
        var catalog = TinyCatalog.Create();
        var events = TinyCatalog.CreateEvents();
        var asOf = TinyCatalog.Now;
        string bundleFolder = Directory.CreateDirectory("features-of-the-docs").FullName;
        static NpyMatrix<float> tables(string name) => throw new InvalidOperationException($"The spec asks for no table, and got '{name}'.");

        #region features-fit
        var spec = FeatureSpec.Create(s => s
            .User(u => u.EventCounts().DaysSinceLast().HourOfDay())
            .Item(i => i.CategoryOneHot().LogNumber("price").Counts().WilsonCtr().Repeats())
            .Cross(c => c.SourceScores("two-tower", "item-to-item").OwnHistory().CategoryShare().Age()));

        var fitter = new FeatureFitter(spec, catalog, asOf);
        fitter.Add(events);                                 // or a batch at a time, for logs larger than memory
        using var fitted = fitter.Fit();
        fitted.Save(bundleFolder);                          // features.json, features_items.npy
        #endregion

        var context = new RequestContext();
        using var snapshot = new ModelSnapshot(catalog);
        context.Begin(new() { Placement = "home" }, snapshot, asOf, seed: 1, take: 10);
        var candidates = new CandidateTable(["two-tower", "item-to-item"]);
        candidates.Add(7, 1f, origin: 1);
        candidates.Add(9, 2f, origin: 2);

        #region features-encode
        using var encoder = FeatureEncoder.Create(fitted, catalog, tables);
        var user = new float[encoder.UserWidth];
        var cross = new float[candidates.Count * encoder.CrossWidth];

        encoder.EncodeUser(context, user);                  // once a request
        encoder.EncodeCross(context, candidates, cross);    // once a request, for all candidates
        var item = encoder.ItemBlock[candidates.Rows[0]];   // made once a bundle
        #endregion

        Assert.Equal(encoder.ItemWidth, item.Length);
        Assert.All([.. user, .. cross, .. item], v => Assert.True(float.IsFinite(v)));
        Assert.True(File.Exists(Path.Combine(bundleFolder, "features.json")));
    }

    [Fact]
    public async Task Onnx_encodes_users_and_ranks()
    {
        var builder = Host.CreateApplicationBuilder();

        #region onnx
        builder.Services.AddLineRec(o => o.Bundle = "bundles/shop")
            .UseOnnx()                                      // two-tower retrievers encode users with user_tower.onnx
            .AddPlacement("home", p => p
                .Retrieve(r => r.TwoTower(400).Trending(50))
                .Rank(r => r.Onnx("home").Take(100)));      // rankers/home.onnx of the bundle
        #endregion

        using var host = builder.Build();
        await host.StartAsync();
        var slate = await host.Services.GetRequiredService<Recommender>().RecommendAsync(new() { Placement = "home", Take = 5 });
        Assert.Equal(5, slate.Items.Count);
        Assert.Empty(slate.Degradations);
        Assert.All(slate.Items, i => Assert.InRange(i.Score, 0f, 1f)); // a probability
        await host.StopAsync();
    }
}
