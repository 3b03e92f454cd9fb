using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LineRec.Tests.Exposures;

public sealed class ExposureLogHostTests : IDisposable
{
    private readonly SegmentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_logs_what_it_answers_and_writes_it_when_it_stops(bool logFirst)
    {
        using var host = Build(services => services.AddLineRecExposureLog(o => o.Folder = _folder.Path), logFirst);
        await host.StartAsync();
        using var scope = host.Services.CreateScope();
        var slate = await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(TestShop.Request(2));
        Assert.Empty(_folder.Finished);
        await host.StopAsync();
        Assert.Equal([slate.AttributionId.ToString()], _folder.Requests);
    }

    [Fact]
    public async Task It_is_off_by_default()
    {
        using var host = Build(_ => { }, logFirst: false);
        await host.StartAsync();
        Assert.Null(host.Services.GetService<ExposureLog>());
    }

    [Fact]
    public async Task Wrong_options_fail_the_start()
    {
        using var host = Build(services => services.AddLineRecExposureLog(o => o.Share = 0), logFirst: false);
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("ExposureLogOptions.Folder", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("ExposureLogOptions.Share is 0", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_does_not_fail_the_start()
    {
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        using var host = Build(services => services.AddLineRecExposureLog(o => o.Folder = Path.Combine(file, "segments")), logFirst: false);
        await host.StartAsync();
        using var scope = host.Services.CreateScope();
        Assert.Equal(2, (await scope.ServiceProvider.GetRequiredService<IRecommender>().RecommendAsync(TestShop.Request(2))).Items.Count);
        await host.StopAsync();
        Assert.Equal(1, host.Services.GetRequiredService<ExposureLog>().DroppedCount);
    }

    private static IHost Build(Action<IServiceCollection> addLog, bool logFirst)
    {
        var builder = Host.CreateApplicationBuilder();
        if (logFirst) addLog(builder.Services);
        builder.Services.AddLineRec(o => o.Snapshot = TestShop.Snapshot()).AddPlacement("home", p => p.Retrieve(r => r.Use("a", 3, TestShop.Rows(1, 2))));
        if (!logFirst) addLog(builder.Services);
        return builder.Build();
    }
}
