using BenchmarkDotNet.Attributes;

namespace LineRec.Benchmarks.Request;

/// <summary>
/// What a whole request costs over a large catalog: the user tower and an exact search over all item vectors, filters, a ranker over 500, three re-rankers, 20 items.
/// Each row runs one stage more than the one before; "Answer alone" makes the answer's objects and nothing else, and a request allocates no byte more.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
[InProcess] // so that the rows share one catalog and one index
public class RequestBenchmarks
{
    private static readonly Lazy<RequestShop> Shop = new(RequestShop.Open);

    private RecommendationRequest[] _whole = [], _retrieve = [], _filter = [], _rank = [];
    private Slate _answer = null!;
    private SlateItem[] _items = [];
    private int _next;

    [GlobalSetup]
    public void SetUp()
    {
        var shop = Shop.Value;
        (_whole, _retrieve, _filter, _rank) = (shop.Requests(RequestShop.Whole), shop.Requests(RequestShop.Retrieve), shop.Requests(RequestShop.Filter), shop.Requests(RequestShop.Rank));
        _answer = shop.Answer(_whole[0]);
        _items = [.. _answer.Items];
        foreach (var request in (RecommendationRequest[])[.. _whole.Take(50), .. _rank.Take(50), .. _filter.Take(50), .. _retrieve.Take(50)])
        {
            var slate = shop.Answer(request);
            if (slate.Items.Count != 20 || slate.Degradations.Count > 0) throw new InvalidOperationException($"The answer of '{slate.Placement}' to {request.UserId} isn't whole: {slate.Items.Count} items; {string.Join("; ", slate.Degradations)}");
        }
    }

    [Benchmark(Description = "Retrieve")]
    public Slate Retrieve() => Answer(_retrieve);

    [Benchmark(Description = "Retrieve, filter")]
    public Slate RetrieveFilter() => Answer(_filter);

    [Benchmark(Description = "Retrieve, filter, rank")]
    public Slate RetrieveFilterRank() => Answer(_rank);

    [Benchmark(Baseline = true, Description = "Request (with re-rank)")]
    public Slate WholeRequest() => Answer(_whole);

    [Benchmark(Description = "Answer alone")]
    public Slate AnswerAlone()
    {
        var items = new SlateItem[_items.Length];
        for (int i = 0; i < items.Length; i++) items[i] = new SlateItem(_items[i].ItemId, _items[i].Score);
        return new Slate(_answer.Placement, _answer.AttributionId, _answer.BundleVersion, items, [], _answer.Timings);
    }

    private Slate Answer(RecommendationRequest[] requests) => Shop.Value.Answer(requests[_next++ % requests.Length]);
}
