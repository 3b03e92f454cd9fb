using LineRec.Data;

namespace LineRec.Cli.Tests;

/// <summary>Compactions that are killed at any moment, and run again.</summary>
public sealed class ExposureKillTests : IDisposable
{
    private const int Kills = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_request_is_in_the_log_once()
    {
        string segments = Path.Combine(_folder, "segments"), log = Path.Combine(_folder, "log");
        var answered = new List<string>();
        var random = new Random(1);
        int killedAtWork = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            answered.AddRange(Serve(segments, 4_000, first: kill * 4_000));
            bool IsWriting() => Directory.Exists(log) && Directory.EnumerateFiles(log, "*.partial", SearchOption.AllDirectories).Any();
            if (await KilledCli.RunAsync(IsWriting, TimeSpan.FromMilliseconds(random.Next(60)), "exposures", "compact", "--in", segments, "--out", log)) killedAtWork++;
        }

        Assert.True(killedAtWork > 0, "Every compaction had ended before it was killed.");
        await Cli.JsonAsync("exposures", "compact", "--in", segments, "--out", log);
        Assert.Equal(answered.Order(StringComparer.Ordinal), new ExposureReader(log).Read(features: false).Select(e => e.RequestId).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(segments));
    }

    private static List<string> Serve(string segments, int requests, int first)
    {
        using var exposures = new ExposureLog(new ExposureLogOptions { Folder = segments, SegmentBytes = 200_000 });
        using var recommender = new RecommenderBuilder()
            .UseExposureLog(exposures)
            .AddPlacement("home", p => p.Retrieve(r => r.Use("a", 20, (_, candidates, _) =>
            {
                for (int row = 0; row < 20; row++) candidates.Add(row, row);
                return default;
            })))
            .Build(new ModelSnapshot(new Catalog([.. Enumerable.Range(0, 20).Select(i => $"i{i:D2}")], [])));
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = new List<string>();
        for (int i = first; i < first + requests; i++)
        {
            var pending = recommender.RecommendAsync(new() { Placement = "home", UserId = "u", Time = start.AddMinutes(i), Seed = 1 });
            ids.Add(pending.Result.AttributionId.ToString());
        }

        return ids;
    }
}
