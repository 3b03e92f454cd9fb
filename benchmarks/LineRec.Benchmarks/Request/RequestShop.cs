using LineRec.Data;
using LineRec.Onnx;

namespace LineRec.Benchmarks.Request;

/// <summary>The bundle that `LineRec.Bench make-bundle` made, served: placements that run one stage more each, and requests of users with real histories.</summary>
public sealed class RequestShop : IServiceProvider, IDisposable
{
    /// <summary>The whole funnel.</summary>
    public const string Whole = "home";

    /// <summary>Retrieval only.</summary>
    public const string Retrieve = "retrieve";

    /// <summary>Retrieval and filters.</summary>
    public const string Filter = "retrieve-filter";

    /// <summary>All but the re-rankers.</summary>
    public const string Rank = "retrieve-filter-rank";

    /// <summary>The filter that leaves 500 candidates.</summary>
    public const string LastFilter = "first 500";

    // More than the 500 that are ranked: filters drop the others.
    private const int Retrieved = 560;
    private const int Ranked = 500;
    private const int LeastEvents = 5;
    private const int MostUsers = 4096;

    private readonly OnnxUserEncoderFactory _encoders = new();
    private readonly string[] _users;
    private readonly DateTimeOffset _end;

    private RequestShop(string directory)
    {
        var log = ShopLog.Open(Path.Combine(directory, "log"));
        var snapshot = BundleReader.Open(Path.Combine(directory, "bundles"), verify: false);
        var history = log.ReadInteractions(snapshot.Catalog);
        var histories = new InMemoryUserHistoryStore();
        histories.Load(history, snapshot.Catalog);
        _end = log.ReadTimeRange()!.Value.Last.AddMilliseconds(1);
        _users = [.. Enumerable.Range(0, history.UserCount).Where(u => history.Offsets[u + 1] - history.Offsets[u] >= LeastEvents).Select(u => history.UserIds[u])];
        new Random(1).Shuffle(_users);
        _users = [.. _users.Take(MostUsers)];
        Items = snapshot.Catalog.Count;
        Recommender = new RecommenderBuilder(this)
            .UseHistories(histories)
            .AddPlacement(Whole, p => ReRank(Ranking(Filtering(Retrieval(p)))).Deadline(TimeSpan.FromSeconds(2)))
            .AddPlacement(Retrieve, p => Retrieval(p))
            .AddPlacement(Filter, p => Filtering(Retrieval(p)))
            .AddPlacement(Rank, p => Ranking(Filtering(Retrieval(p))))
            .Build(snapshot);
    }

    public Recommender Recommender { get; }

    public int Items { get; }

    public int Users => _users.Length;

    /// <summary>Opens the folder that LINEREC_BENCH_BUNDLE names.</summary>
    public static RequestShop Open() => new(Environment.GetEnvironmentVariable("LINEREC_BENCH_BUNDLE") ?? throw new InvalidOperationException(
        "LINEREC_BENCH_BUNDLE names no folder. Make one with: dotnet run -c Release --project benchmarks/LineRec.Bench -- make-bundle --out DIR"));

    /// <summary>A request for 20 items for each user, at the end of the log.</summary>
    public RecommendationRequest[] Requests(string placement, IFunnelObserver? observer = null) =>
        [.. _users.Select((user, i) => new RecommendationRequest { Placement = placement, UserId = user, Time = _end, Seed = (ulong)i, Take = 20, Observer = observer })];

    /// <summary>Answers on the caller's thread.</summary>
    public Slate Answer(RecommendationRequest request)
    {
        var pending = Recommender.RecommendAsync(request);
        return pending.IsCompletedSuccessfully ? pending.Result : throw new InvalidOperationException("A request that works in memory only had to wait.");
    }

    object? IServiceProvider.GetService(Type serviceType) => serviceType == typeof(IUserEncoderFactory) ? _encoders : null;

    public void Dispose() => Recommender.Dispose();

    private static IPlacementBuilder Retrieval(IPlacementBuilder placement) => placement.Retrieve(r => r.TwoTower(Retrieved));

    private static IPlacementBuilder Filtering(IPlacementBuilder placement) =>
        placement.Filter(f => f.InStock().NotPurchasedWithin(TimeSpan.FromDays(30)).Use(LastFilter, static (_, candidates, _) =>
        {
            for (int i = 0, kept = 0; i < candidates.Count; i++)
            {
                if (++kept > Ranked) candidates.Remove(i);
            }

            return ValueTask.CompletedTask;
        }));

    private static IPlacementBuilder Ranking(IPlacementBuilder placement) => placement.Rank(r => r.Onnx("home").Take(100));

    private static IPlacementBuilder ReRank(IPlacementBuilder placement) => placement.ReRank(r => r.Campaigns().Freshness(0.05, 0.10).NoAdjacent(x => x.Category));
}
