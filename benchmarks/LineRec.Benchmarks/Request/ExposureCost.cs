using System.Globalization;

namespace LineRec.Benchmarks.Request;

/// <summary>
/// What the exposure log costs the thread that answers: 500 candidates ranked with a user block of 60 and a cross block of 30 values, 20 items shown. A logged request records the ranker's features, fills a row
/// and hands it over; the request itself is as cheap as can be. In processor time, alternating, so that other work on the machine doesn't count.
/// </summary>
internal static class ExposureCost
{
    private const int Candidates = 500;
    private const int UserWidth = 60;
    private const int CrossWidth = 30;
    private const int Blocks = 200;
    private const int RequestsPerBlock = 100;

    private static readonly float[] Features = new float[Candidates * CrossWidth];
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(20);
    private static readonly RecommendationRequest Request = new() { Placement = "home", UserId = "u", Take = 20, Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Seed = 1 };

    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-bench-").FullName;
        var log = new ExposureLog(new ExposureLogOptions { Folder = folder, WriteInterval = WriteInterval });
        using var plain = Build(b => b);
        using var logged = Build(b => b.UseExposureLog(log));
        for (int i = 0; i < 3_000; i++) _ = (Answer(plain), Answer(logged)); // code is compiled, rows are made
        var (plainCost, loggedCost) = (new Cost(), new Cost());
        for (int block = 0; block < Blocks; block++)
        {
            plainCost.Measure(() => Answer(plain));
            loggedCost.Measure(() => Answer(logged));
            Thread.Sleep(WriteInterval); // about 1,000 requests a second
        }

        log.Dispose();
        long bytes = Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length);
        Directory.Delete(folder, recursive: true);
        Print($"request: {plainCost}");
        Print($"logged:  {loggedCost}");
        Print($"{log.WrittenCount} requests written, {bytes / Math.Max(1, log.WrittenCount)} bytes each; {log.DroppedCount} dropped");
    }

    private static Slate Answer(Recommender recommender)
    {
        var pending = recommender.RecommendAsync(Request);
        return pending.IsCompletedSuccessfully ? pending.Result : throw new InvalidOperationException("A request that works in memory only had to wait.");
    }

    private static Recommender Build(Func<RecommenderBuilder, RecommenderBuilder> log) => log(new RecommenderBuilder()).AddPlacement("home", p => p
        .Retrieve(r => r.Use("a", Candidates, static (_, candidates, _) =>
        {
            for (int row = 0; row < Candidates; row++) candidates.Add(row, Candidates - row);
            return ValueTask.CompletedTask;
        }))
        .Rank(r => r.Use("r", static (context, candidates, _) =>
        {
            context.RankedFeatures?.Record("state", candidates.Rows, Features.AsSpan(0, UserWidth), Features.AsSpan(0, candidates.Count * CrossWidth));
            return ValueTask.CompletedTask;
        })))
        .Build(new ModelSnapshot(new Catalog([.. Enumerable.Range(0, Candidates).Select(i => $"item-{i:D7}")], [])));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Blocks of requests: processor time and bytes of this thread a request.</summary>
    private sealed class Cost
    {
        private readonly List<double> _microseconds = [];
        private readonly List<double> _bytes = [];

        public void Measure(Func<Slate> answer)
        {
            long time = ThreadTime.Nanoseconds(), bytes = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < RequestsPerBlock; i++) GC.KeepAlive(answer());
            _bytes.Add((double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / RequestsPerBlock);
            _microseconds.Add((ThreadTime.Nanoseconds() - time) / 1e3 / RequestsPerBlock);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At(_microseconds, 0.1):0.0} / {At(_microseconds, 0.5):0.0} / {At(_microseconds, 0.9):0.0} us of processor time (10 %, median, 90 % of blocks), {At(_bytes, 0.5):0} bytes allocated (median), {_bytes.Average():0.0} (mean)");

        private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));
    }
}
