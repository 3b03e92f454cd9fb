using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LineRec.Tracking.Tests;

/// <summary>Tracking in a host.</summary>
public sealed class TrackingHostingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_tracked_to()
    {
        using var host = Host(o => o.TrackingUri = _folder.At("mlruns"));
        var tracker = host.Services.GetRequiredService<IExperimentTracker>();
        await (await tracker.StartRunAsync("x")).EndAsync();

        Assert.Single(await tracker.ReadRunsAsync("x"));
        Assert.Same(tracker, host.Services.GetRequiredService<IExperimentTracker>());
    }

    [Fact]
    public async Task A_server_is_called_through_the_hosts_own_client_and_the_spool_is_sent_at_the_start()
    {
        await using var server = await FakeMlflow.StartAsync();
        using (var earlier = ExperimentTracker.Create(new TrackingOptions { TrackingUri = "http://127.0.0.1:1", SpoolFolder = _folder.At("spool"), MaxRetries = 0 })) await earlier.StartRunAsync("x", "offline");

        using var host = Host(
            o => (o.TrackingUri, o.SpoolFolder) = (server.Address.ToString(), _folder.At("spool")),
            services => services.AddHttpClient(TrackingServiceCollectionExtensions.LineRecTrackingHttpClient, c => c.DefaultRequestHeaders.Add("Authorization", "Key of-the-host")));
        await host.StartAsync();
        for (int i = 0; i < 500 && server.State.Runs.Count == 0; i++) await Task.Delay(10);
        await host.StopAsync();

        Assert.Equal("offline", Assert.Single(server.State.Runs.Values).Name);
        Assert.Equal("Key of-the-host", server.Authorization);
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task Wrong_options_fail_the_start_and_are_all_named()
    {
        using var host = Host(o =>
        {
            (o.TrackingUri, o.Token, o.UserName, o.MaxRetries) = ("sqlite:///mlflow.db", "t", "u", -1);
            (o.RetryDelay, o.RequestTimeout, o.ArtifactTimeout, o.SpoolInterval, o.User) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, " ");
        });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        foreach (string part in (string[])["sqlite:///mlflow.db", "both a Token and a UserName", "without a Password", "MaxRetries is -1", "RetryDelay", "RequestTimeout", "ArtifactTimeout", "SpoolInterval", "User is empty"])
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.Contains("isn't set", Assert.Throws<ArgumentException>(() => ExperimentTracker.Create(new TrackingOptions())).Message, StringComparison.Ordinal);
    }

    private static IHost Host(Action<TrackingOptions> configure, Action<IServiceCollection>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLineRecTracking(configure);
        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
