using LineRec.Extensibility.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Extensibility.Tests;

/// <summary>A host's own components as types from its container: singleton, scoped, transient.</summary>
public class ServiceTests
{
    private static readonly string[] AllFour = ["retriever", "filter", "ranker", "re-ranker"];

    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public async Task Types_from_the_container_retrieve_filter_rank_and_re_rank(ServiceLifetime lifetime)
    {
        using var host = await TestHost.StartAsync(FromServices, s => Register(s, lifetime));

        Assert.Equal("c a b d f", await host.ServeAsync());
    }

    [Fact]
    public async Task A_singleton_is_the_same_for_all_requests()
    {
        using var host = await TestHost.StartAsync(FromServices, s => Register(s, ServiceLifetime.Singleton));

        await host.ServeAsync();
        await host.ServeAsync();

        Assert.Equal([.. AllFour, .. AllFour], host.Services.GetRequiredService<Visit>().SignedBy);
    }

    [Fact]
    public async Task A_scoped_one_is_resolved_from_the_requests_own_services()
    {
        using var host = await TestHost.StartAsync(FromServices, s => Register(s, ServiceLifetime.Scoped));
        await using var first = host.Services.CreateAsyncScope();
        await using var second = host.Services.CreateAsyncScope();

        await first.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(TestHost.Request);

        // The scope's own dependency was used, by all four, and no other scope's.
        Assert.Equal(AllFour, first.ServiceProvider.GetRequiredService<Visit>().SignedBy);
        Assert.Empty(second.ServiceProvider.GetRequiredService<Visit>().SignedBy);

        await second.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(TestHost.Request);

        Assert.Equal(AllFour, first.ServiceProvider.GetRequiredService<Visit>().SignedBy);
        Assert.Equal(AllFour, second.ServiceProvider.GetRequiredService<Visit>().SignedBy);
    }

    [Fact]
    public async Task Requests_at_once_keep_to_their_own_scopes()
    {
        using var host = await TestHost.StartAsync(FromServices, s => Register(s, ServiceLifetime.Scoped));

        var visits = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(TestHost.Request);
            return scope.ServiceProvider.GetRequiredService<Visit>();
        })));

        Assert.All(visits, v => Assert.Equal(AllFour, v.SignedBy));
        Assert.Equal(visits.Length, visits.Distinct().Count());
    }

    [Fact]
    public async Task A_type_that_is_not_registered_fails_the_start_and_is_named()
    {
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => TestHost.StartAsync(p => p.Retrieve(r => r.AddService<SigningRetriever>("shelf", 10))));

        Assert.Contains("shelf", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SigningRetriever), error.Message, StringComparison.Ordinal);
    }

    private static void FromServices(IPlacementBuilder placement) => placement
        .Retrieve(r => r.AddService<SigningRetriever>("shelf", 10))
        .Filter(f => f.AddService<SigningFilter>("cheap"))
        .Rank(r => r.AddService<SigningRanker>("cheapest"))
        .ReRank(r => r.AddService<SigningReRanker>("brand"));

    private static void Register(IServiceCollection services, ServiceLifetime lifetime)
    {
        Type[] types = [typeof(SigningRetriever), typeof(SigningFilter), typeof(SigningRanker), typeof(SigningReRanker)];
        foreach (var type in types) services.Add(new ServiceDescriptor(type, type, lifetime));
        services.Add(new ServiceDescriptor(typeof(Visit), typeof(Visit), lifetime == ServiceLifetime.Singleton ? lifetime : ServiceLifetime.Scoped));
    }
}
