using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Segments written by a real host's log, and what they must hold.</summary>
internal sealed class SampleExposures : IDisposable
{
    private const int Items = 40;
    private static readonly string[] Ids = [.. Enumerable.Range(0, Items).Select(i => $"item-{i:D2}")];

    private readonly TemporaryFolder _folder = new();

    public static DateTimeOffset Start { get; } = new(2026, 1, 30, 22, 0, 0, TimeSpan.Zero);

    public string Segments => _folder["segments"];

    public string Log => _folder["log"];

    public IEnumerable<string> Finished => Directory.Exists(Segments) ? ExposureSegments.In(Segments) : [];

    public string this[string name] => _folder[name];

    /// <summary>Writes a segment: a batch for each number of requests.</summary>
    /// <param name="batches">How many requests each batch holds.</param>
    /// <param name="first">The number of the first request: a request's seed, user and minute.</param>
    /// <returns>The answers, by request id.</returns>
    public Dictionary<string, Slate> Write(int[] batches, int first = 0)
    {
        var slates = new Dictionary<string, Slate>();
        using var log = new ExposureLog(new ExposureLogOptions { Folder = Segments, WriteInterval = TimeSpan.FromMilliseconds(5) });
        using var recommender = Build(log);
        foreach (int requests in batches)
        {
            for (int i = 0; i < requests; i++, first++)
            {
                var pending = recommender.RecommendAsync(new() { Placement = first % 3 == 0 ? "cart" : "home", UserId = first % 5 == 0 ? null : $"u{first % 7}", Take = 1 + (first % 6), Time = Start.AddMinutes(first), Seed = (ulong)first });
                slates.Add(pending.Result.AttributionId.ToString(), pending.Result);
            }

            // The next batch begins when this one is written. It may have become several, should the writer have woken in between.
            Assert.True(SpinWait.SpinUntil(() => log.WrittenCount == slates.Count, TimeSpan.FromSeconds(60)));
        }

        return slates;
    }

    public ExposureCompactionResult Compact() => ExposureCompaction.Run(Segments, Log);

    public List<Exposure> Read() => [.. new ExposureReader(Log).Read()];

    /// <summary>The requests of the whole batches of a segment's first bytes, found without the code under test.</summary>
    public static List<string> WholeBatches(byte[] segment)
    {
        var ids = new List<string>();
        try
        {
            using var reader = new Apache.Arrow.Ipc.ArrowStreamReader(new MemoryStream(segment));
            while (reader.ReadNextRecordBatch() is { } batch)
            {
                using (batch) ids.AddRange(Enumerable.Range(0, batch.Length).Select(i => ((StringArray)batch.Column(0)).GetString(i)));
            }
        }
        catch (InvalidOperationException)
        {
            // Ends in the middle.
        }

        return ids;
    }

    public void Dispose() => _folder.Dispose();

    private static Recommender Build(ExposureLog log) => new RecommenderBuilder()
        .UseExposureLog(log)
        .AddPlacement("home", Placement)
        .AddPlacement("cart", p => p.Retrieve(r => r.Use("c", Items, Rows(7))))
        .Build(new ModelSnapshot(new Catalog(Ids, [])) { Version = "v1" });

    private static void Placement(IPlacementBuilder placement) => placement
        .Retrieve(r => r.Use("a", Items, Rows(3)).Use("b", Items, Rows(5)))
        .Rank(r => r.Use("rank", (context, candidates, _) =>
        {
            context.RankedFeatures?.Record("state-1", candidates.Rows, [context.Seed, 0.1f], [.. candidates.Rows.ToArray().SelectMany(row => new[] { row, context.Seed / 3f })]);
            for (int i = 0; i < candidates.Count; i++) candidates.Scores[i] = ((candidates.Rows[i] * 17) + (int)context.Seed) % Items;
            return default;
        }));

    private static Func<RequestContext, CandidateSink, CancellationToken, ValueTask> Rows(int step) => (_, candidates, _) =>
    {
        for (int row = 0; row < Items; row += step) candidates.Add(row, 1f / (row + 1));
        return default;
    };
}
