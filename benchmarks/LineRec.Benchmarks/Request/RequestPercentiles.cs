using System.Globalization;

namespace LineRec.Benchmarks.Request;

/// <summary>Percentiles of a request's stages, from the timings that every answer carries.</summary>
internal static class RequestPercentiles
{
    private const int WarmUp = 200;
    private const int Requests = 3000;

    public static void Run()
    {
        using var shop = RequestShop.Open();
        var counter = new RankedCounter();
        foreach (var request in shop.Requests(RequestShop.Whole, counter).Take(WarmUp)) shop.Answer(request);
        var requests = shop.Requests(RequestShop.Whole);
        foreach (var request in requests) shop.Answer(request); // every user once: buffers have their final sizes
        var timings = new StageTimings[Requests];
        int items = 0, degraded = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Requests; i++)
        {
            var slate = shop.Answer(requests[i % requests.Length]);
            timings[i] = slate.Timings;
            items += slate.Items.Count;
            degraded += slate.Degradations.Count > 0 ? 1 : 0;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Print($"{Requests:N0} requests of {shop.Users:N0} users, {shop.Items:N0} items, {counter.Mean:0.0} candidates ranked, {(double)items / Requests:0.0} items an answer, {degraded} answers degraded, {(double)bytes / Requests:0.0} bytes allocated a request.");
        Print($"");
        Print($"| Stage | p50 | p99 |");
        Print($"|---|---:|---:|");
        Row("retrieve", timings, t => t.Retrieve);
        Row("filter", timings, t => t.Filter);
        Row("rank", timings, t => t.Rank);
        Row("re-rank", timings, t => t.ReRank);
        Row("total", timings, t => t.Total);
    }

    private static void Row(string stage, StageTimings[] timings, Func<StageTimings, TimeSpan> of)
    {
        double[] sorted = [.. timings.Select(t => of(t).TotalMicroseconds).Order()];
        Print($"| {stage} | {sorted[sorted.Length / 2]:N0} μs | {sorted[sorted.Length * 99 / 100]:N0} μs |");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class RankedCounter : IFunnelObserver
    {
        private long _candidates, _requests;

        public double Mean => (double)_candidates / _requests;

        public void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates)
        {
            if (stage != FunnelStage.Filter || component != RequestShop.LastFilter) return;
            _candidates += candidates.Count - candidates.RemovedCount;
            _requests++;
        }
    }
}
