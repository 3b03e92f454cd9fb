using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LineRec.Recipes;

/// <summary>A small HTTP host over a bundle with all the shop's placements; it follows a bundle root.</summary>
internal static class ShopHost
{
    /// <summary>Creates the host; it isn't started.</summary>
    /// <param name="bundle">A bundle's folder, or a root of bundles.</param>
    /// <param name="target">What counts as turning to an item.</param>
    /// <param name="histories">The users' events; events that are posted are added.</param>
    /// <param name="url">Where it listens; port 0 takes any free one.</param>
    /// <exception cref="BundleException">The bundle is damaged, or there is none.</exception>
    public static WebApplication Create(string bundle, EventType target, IUserHistoryStore histories, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddHealthChecks().AddLineRec();
        builder.Services.AddSingleton(histories);
        using (var snapshot = BundleReader.Open(bundle, verify: false))
            new ShopPlacements(target, snapshot.Catalog).AddAll(builder.Services.AddLineRec(o => o.Bundle = bundle).UseOnnx(), ShopPlacements.RankersOf(snapshot));
        var app = builder.Build();
        ShopEndpoints.Map(app);
        app.Urls.Add(url);
        return app;
    }
}
