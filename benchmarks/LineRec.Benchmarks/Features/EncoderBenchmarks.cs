using BenchmarkDotNet.Attributes;
using LineRec.Features;

namespace LineRec.Benchmarks.Features;

/// <summary>What an event costs in a fit, what a request's user and a candidate cost in an encoding, and what an item costs in a block for a new catalog. Times are of one of these.</summary>
[MemoryDiagnoser]
public class EncoderBenchmarks
{
    private const int Items = 100_000;
    private const int Events = 1_000_000;
    private const int Candidates = 500;
    private const int HistoryLength = 100;
    private static readonly DateTimeOffset AsOf = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly (int[] Users, int[] Rows, EventType[] Types, long[] Times) _log = (new int[Events], new int[Events], new EventType[Events], new long[Events]);
    private readonly RequestContext _context = new();
    private readonly CandidateTable _candidates = new(["two-tower", "item-to-item"]);
    private Catalog _catalog = null!;
    private FeatureFitter _fitter = null!;
    private FittedFeatures _fitted = null!;
    private FeatureEncoder _encoder = null!;
    private float[] _user = [];
    private float[] _cross = [];

    private static FeatureSpec Spec { get; } = FeatureSpec.Create(s => s
        .User(u => u.EventCounts().RecentEvents().DaysSinceLast().HourOfDay().DayOfWeek().MeanPrice().RepeatShare())
        .Item(i => i.CategoryOneHot().LogNumber("price").Number("price", new QuantileTransform()).Number("price", new YeoJohnsonTransform()).Frequency("brand").Hash("brand", 16).TargetCtr("brand").Counts().RecentCounts().WilsonCtr())
        .Cross(c => c.SourceScores("two-tower", "item-to-item").OwnHistory().Session().CategoryShare().BrandShare().PriceRatio().ListContext().Age()));

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        int[] rows = [.. Enumerable.Range(0, Items)];
        _catalog = new Catalog([.. rows.Select(r => $"i{r:D7}")],
        [
            TextColumn.Encode(CatalogColumns.Category, [.. rows.Select(_ => $"c{random.Next(40)}")]), TextColumn.Encode(CatalogColumns.Brand, [.. rows.Select(_ => $"b{random.Next(5000)}")]),
            new NumberColumn(CatalogColumns.Price, [.. rows.Select(_ => MathF.Exp(5f * random.NextSingle()))]), new TimeColumn(CatalogColumns.ListedAt, [.. rows.Select(_ => AsOf.AddDays(-random.Next(900)).ToUnixTimeMilliseconds())]),
        ]);
        for (int i = 0; i < Events; i++)
            (_log.Users[i], _log.Rows[i], _log.Types[i], _log.Times[i]) = (random.Next(100_000), random.Next(Items), (EventType)random.Next(4), AsOf.AddMinutes(-random.Next(60 * 24 * 60)).ToUnixTimeMilliseconds());
        _fitter = new FeatureFitter(Spec, _catalog, AsOf);
        _fitter.Add(_log.Users, _log.Rows, _log.Types, _log.Times);
        _fitted = _fitter.Fit();
        _encoder = FeatureEncoder.Create(_fitted, _catalog, _ => null!);
        _context.Begin(new() { Placement = "home" }, new ModelSnapshot(_catalog), AsOf, seed: 1, take: 20);
        for (int i = 0; i < HistoryLength; i++) _context.History.Add(random.Next(Items), EventType.Click, AsOf.AddHours(i - HistoryLength).ToUnixTimeMilliseconds());
        foreach (int row in rows.OrderBy(_ => random.Next()).Take(Candidates)) _candidates.Add(row, random.NextSingle(), 1UL << random.Next(2));
        (_user, _cross) = (new float[_encoder.UserWidth], new float[Candidates * _encoder.CrossWidth]);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public long CountAnEvent()
    {
        var fitter = new FeatureFitter(Spec, _catalog, AsOf);
        fitter.Add(_log.Users, _log.Rows, _log.Types, _log.Times);
        return fitter.EventCount;
    }

    [Benchmark(OperationsPerInvoke = Items)]
    public FittedFeatures FitAnItem() => _fitter.Fit();

    [Benchmark(OperationsPerInvoke = Items)]
    public FittedFeatures ApplyToAnItem() => _fitted.ForCatalog(_catalog, _catalog);

    [Benchmark]
    public void EncodeAUser() => _encoder.EncodeUser(_context, _user);

    [Benchmark(OperationsPerInvoke = Candidates)]
    public void EncodeACandidate() => _encoder.EncodeCross(_context, _candidates, _cross);
}
