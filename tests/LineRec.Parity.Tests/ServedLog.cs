using LineRec.Data;
using LineRec.Features;

namespace LineRec.Parity.Tests;

/// <summary>Requests that a pipeline answered, with its exposure log, and the same requests replayed through the encoder in the ranker's place.</summary>
internal sealed class ServedLog : IDisposable
{
    private const int RequestsPerUser = 6;
    private const int Retrieved = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-served-").FullName;
    private readonly TrainedShop _shop;
    private readonly InMemoryUserHistoryStore _histories = new();

    public ServedLog(TrainedShop shop)
    {
        _shop = shop;
        _histories.Load(shop.Events, shop.Snapshot.Catalog);
        string segments = Path.Combine(_folder, "segments"), log = Path.Combine(_folder, "log");
        using (var exposures = new ExposureLog(new ExposureLogOptions { Folder = segments }))
        {
            // Not disposed of: the snapshot is the shop's.
            var recommender = Builder(r => r.Onnx("home")).UseExposureLog(exposures).Build(shop.Snapshot);
            foreach (var request in Requests()) Slates.Add(Answer(recommender, request));
        }

        ExposureCompaction.Run(segments, log);
        Exposures = [.. new ExposureReader(log).Read()];
        Outcomes = WriteClicks();
    }

    public List<Slate> Slates { get; } = [];

    public IReadOnlyList<Exposure> Exposures { get; }

    /// <summary>Clicks of items that are in the user's favourite category, as the users of the shop do.</summary>
    public RequestOutcomes Outcomes { get; }

    public CapturedFeatures Replay()
    {
        var captured = new CapturedFeatures();
        var recommender = Builder(r => r.Capture(captured)).Build(_shop.Snapshot);
        foreach (var request in Requests()) Answer(recommender, request);
        return captured;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<RecommendationRequest> Requests() =>
        from hour in Enumerable.Range(0, RequestsPerUser)
        from user in Enumerable.Range(0, _shop.Events.UserCount)
        select new RecommendationRequest { Placement = "home", UserId = _shop.Events.UserIds[user], Time = _shop.End.AddHours(hour).AddSeconds(user), Seed = (ulong)((hour * 1000) + user), Take = 10 };

    private RecommenderBuilder Builder(Action<IRankingBuilder> rank) => new RecommenderBuilder()
        .UseHistories(_histories)
        .AddPlacement("home", p => p.Retrieve(r => r.Use("a", Retrieved, Random(1)).Use("b", Retrieved, Random(2))).Rank(rank));

    private static Func<RequestContext, CandidateSink, CancellationToken, ValueTask> Random(int salt) => (context, candidates, _) =>
    {
        var random = new Random((int)context.Seed + (salt * 100_000));
        for (int i = 0; i < Retrieved; i++) candidates.Add(random.Next(context.Catalog.Count), random.NextSingle());
        return default;
    };

    private static Slate Answer(Recommender recommender, RecommendationRequest request)
    {
        var pending = recommender.RecommendAsync(request);
        return pending.IsCompletedSuccessfully ? pending.Result : throw new InvalidOperationException("A request that works in memory only had to wait.");
    }

    private RequestOutcomes WriteClicks()
    {
        string path = Path.Combine(_folder, "events.parquet");
        var random = new Random(5);
        using (var writer = new EventWriter(path, EventColumns.RequestId))
        {
            foreach (var exposure in Exposures)
            {
                int favourite = int.Parse(exposure.UserId![1..], System.Globalization.CultureInfo.InvariantCulture) % 6;
                foreach (string item in exposure.ItemIds)
                {
                    _shop.Snapshot.Catalog.TryGetRow(item, out int row);
                    if (random.NextDouble() < (row % 6 == favourite ? 0.6 : 0.05)) writer.Write(new EventRow(exposure.UserId, item, EventType.Click, exposure.UnixMilliseconds + 1_000) { RequestId = exposure.RequestId });
                }
            }

            writer.Complete();
        }

        return RequestOutcomes.Read(new EventReader(path));
    }
}
