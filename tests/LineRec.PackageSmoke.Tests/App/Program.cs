using LineRec;
using LineRec.Retrieval.Faiss;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// An app of somebody who has only the packages: one slate from the bundle that the first argument names.
var builder = Host.CreateApplicationBuilder();
builder.Services.AddLineRec(o => o.Bundle = args[0])
    .UseOnnx()
    .AddPlacement("home", p => p
        .Retrieve(r => r.TwoTower(40).ItemToItem(20).Trending(10).NewArrivals(10))
        .Filter(f => f.InStock())
        .Rank(r => r.Onnx("home").Take(30))
        .ReRank(r => r.NoAdjacent(x => x.Category).Campaigns()));

using var host = builder.Build();
await host.StartAsync();
host.Services.GetRequiredService<IUserHistoryStore>().Append(new UserEvent("anna", "item-07", EventType.Click, DateTimeOffset.UtcNow.AddMinutes(-5)));

using var scope = host.Services.CreateScope();
var slate = await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(new() { Placement = "home", UserId = "anna", Take = 12 });
Console.WriteLine($"slate: {string.Join(' ', slate.Items.Select(i => i.ItemId))}");
foreach (var degradation in slate.Degradations) Console.WriteLine($"degraded: {degradation}");
await host.StopAsync();

// The native library came in the package.
using var index = FaissIndex.Create("Flat", 2);
index.Add([1f, 0f, 0f, 1f, 1f, 1f]);
var (rows, scores) = (new int[2], new float[2]);
index.Search([1f, 2f], rows, scores);
Console.WriteLine($"faiss: {string.Join(' ', rows)}");
