using LineRec.Data;

namespace LineRec.Simulation;

public sealed class ShopRunTests
{
    private const string Served = "home";

    [Fact]
    public void Day_by_day_gives_the_bytes_of_all_days_at_once()
    {
        using TemporaryFolder whole = new(), daily = new();
        ShopSimulator.Run(whole.Path, Options());
        using (var shop = new ShopRun(daily.Path, Options()))
        {
            while (shop.DaysDone < 3)
            {
                var day = shop.NextDay;
                shop.Simulate();
                Assert.True(ShopLog.Open(daily.Path).ReadTimeRange()!.Value.Last >= day); // the day can be read before the next one begins
            }

            Assert.Throws<InvalidOperationException>(() => shop.Simulate());
            shop.Complete();
        }

        Assert.Equal(Files(whole), Files(daily));
    }

    [Fact]
    public void A_paused_simulation_goes_on_to_the_byte()
    {
        using TemporaryFolder whole = new(), paused = new();
        ShopSimulator.Run(whole.Path, Options());
        using (var shop = new ShopRun(paused.Path, Options()))
        {
            shop.Simulate();
            shop.Pause();
        }

        Directory.CreateDirectory(Path.Combine(paused.Path, "events", "date=2026-01-09")); // of a longer log before
        using (var shop = ShopRun.Resume(paused.Path))
        {
            Assert.Equal(1, shop.DaysDone);
            shop.Simulate();
            shop.Pause();
        }

        using (var shop = ShopRun.Resume(paused.Path)) shop.Simulate(); // killed before it was paused: the day is simulated again
        using (var shop = ShopRun.Resume(paused.Path))
        {
            Assert.Equal(2, shop.DaysDone);
            shop.Simulate();
            shop.Complete();
        }

        Assert.Equal(Files(whole), Files(paused).Where(f => f.Item1 != "simulation.state"));
    }

    [Fact]
    public void A_damaged_or_missing_state_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<FileNotFoundException>(() => ShopRun.Resume(folder.Path));
        using (var shop = new ShopRun(folder.Path, Options())) shop.Pause();
        string file = Path.Combine(folder.Path, "simulation.state");
        byte[] state = File.ReadAllBytes(file);
        foreach (int length in new[] { 0, 10, 30, 80, state.Length / 2, state.Length - 1 })
        {
            File.WriteAllBytes(file, state[..length]);
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => ShopRun.Resume(folder.Path)).Message, StringComparison.Ordinal);
        }

        using var unpartitioned = new ShopRun(folder.Path, new() { Users = 10, Items = 100, Days = 1, EventTarget = 100 });
        Assert.Throws<InvalidOperationException>(unpartitioned.Pause);
    }

    [Fact]
    public void Users_choose_from_the_slates_that_a_recommender_answers()
    {
        using var folder = new TemporaryFolder();
        var best = new Clerk();
        Simulate(folder.Path, best);
        var log = ShopLog.Open(folder.Path);
        var lists = log.ReadImpressions(log.ReadCatalog(), from: Options().StartsAt.AddDays(2)).ToList();
        var served = lists.Where(l => l.Placement == Served).ToDictionary(l => l.RequestId!);
        Assert.Equal(best.Slates.Keys.Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, items) in best.Slates) Assert.Equal(items, served[id].Rows);
        Assert.All(lists.Where(l => l.Placement != Served), l => Assert.StartsWith(l.UserId, l.RequestId!, StringComparison.Ordinal)); // the shop's own
        Assert.True(served.Values.Sum(l => l.Clicked.Count(c => c)) > 50);

        // What users did on the day was told as it happened.
        var told = log.ReadInteractions(log.ReadCatalog(), from: Options().StartsAt.AddDays(2));
        Assert.Equal(told.Count, best.Happened);
    }

    [Fact]
    public void Slates_that_fit_are_clicked_more_than_slates_that_do_not()
    {
        using TemporaryFolder good = new(), bad = new();
        Simulate(good.Path, new Clerk());
        Simulate(bad.Path, new Clerk { Worst = true });
        double fit = Rate(good), misfit = Rate(bad);
        Assert.True(fit > 2 * misfit, $"What users want is clicked {fit:p1}, what they don't want {misfit:p1}.");

        static double Rate(TemporaryFolder folder)
        {
            var log = ShopLog.Open(folder.Path);
            return log.ReadImpressions(log.ReadCatalog(), from: Options().StartsAt.AddDays(2), placements: [Served]).SelectMany(l => l.Clicked).Average(c => c ? 1 : 0);
        }
    }

    private static ShopSimulationOptions Options() => new() { Users = 400, Items = 300, Days = 3, EventTarget = 15_000, Threads = 2, PartitionByDate = true };

    private static void Simulate(string folder, Clerk clerk)
    {
        using var shop = new ShopRun(folder, Options());
        shop.Simulate();
        shop.Simulate();
        shop.Simulate(new ShopServing(clerk, clerk, new HashSet<string> { Served }));
        shop.Complete();
    }

    private static IEnumerable<(string, string)> Files(TemporaryFolder folder) => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
        .Select(f => (Path.GetRelativePath(folder.Path, f), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))).Order();

    /// <summary>Knows what users want, and shows that, or its opposite.</summary>
    private sealed class Clerk : IRecommender, IUserHistoryStore
    {
        private readonly ShopTruth _truth;
        private int _happened;

        public Clerk()
        {
            // The same shop without a recommender: its users are the same until the day that is served.
            using var twin = new TemporaryFolder();
            _truth = ShopSimulator.Run(twin.Path, Options());
            Catalog = ShopLog.Open(twin.Path).ReadCatalog();
        }

        public Catalog Catalog { get; }

        public bool Worst { get; init; }

        public System.Collections.Concurrent.ConcurrentDictionary<string, int[]> Slates { get; } = [];

        public int Happened => _happened;

        public ValueTask<Slate> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken = default)
        {
            float[] wanted = _truth.PurchaseProbabilities(request.UserId!, request.Time!.Value);
            var rows = Enumerable.Range(0, wanted.Length).Where(row => wanted[row] > 0);
            int[] slate = [.. (Worst ? rows.OrderBy(row => wanted[row]) : rows.OrderByDescending(row => wanted[row])).Take(request.Take)];
            var id = new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{request.UserId} {request.Seed}"))[..16]);
            Assert.True(Slates.TryAdd(id.ToString(), slate)); // no id twice
            return new(new Slate(request.Placement, id, "v", [.. slate.Select(row => new SlateItem(Catalog.IdOf(row), wanted[row]))], [], default));
        }

        public ValueTask<Explanation> ExplainAsync(RecommendationRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Append(in UserEvent userEvent) => Interlocked.Increment(ref _happened);

        public ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
