using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LineRec.Extensibility.Tests;

/// <summary>A host with one placement over <see cref="Shelf"/>, as a user of the packages would write it.</summary>
internal static class TestHost
{
    public const string Placement = "home";

    public static async Task<IHost> StartAsync(Action<IPlacementBuilder> placement, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development }); // checks scopes
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        builder.Services.AddLineRec(o => o.Snapshot = new ModelSnapshot(Shelf.Catalog)).AddPlacement(Placement, placement);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Answers one request in a scope of its own and gives the item ids, "a b c".</summary>
    public static async Task<string> ServeAsync(this IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return Ids(await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(Request));
    }

    public static RecommendationRequest Request { get; } = new() { Placement = Placement, UserId = "u", Take = 10 };

    public static string Ids(Slate slate) => string.Join(' ', slate.Items.Select(i => i.ItemId));
}
