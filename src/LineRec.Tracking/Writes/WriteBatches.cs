using System.Text;

namespace LineRec.Tracking;

/// <summary>Cuts parameters, tags and metrics into calls within MLflow's limits.</summary>
internal static class WriteBatches
{
    public static IEnumerable<LogBatch> OfMetrics(string run, IEnumerable<Metric> metrics) =>
        metrics.Chunk(TrackingLimits.MetricsPerBatch).Select(part => new LogBatch(run) { Metrics = part });

    public static IEnumerable<LogBatch> OfParams(string run, IEnumerable<KeyValuePair<string, string>> parameters) =>
        Parts(parameters, TrackingLimits.ParamsPerBatch).Select(part => new LogBatch(run) { Params = part });

    public static IEnumerable<LogBatch> OfTags(string run, IEnumerable<KeyValuePair<string, string>> tags) =>
        Parts(tags, TrackingLimits.TagsPerBatch).Select(part => new LogBatch(run) { Tags = part });

    private static IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> Parts(IEnumerable<KeyValuePair<string, string>> pairs, int most)
    {
        List<KeyValuePair<string, string>> part = [];
        int bytes = 0;
        foreach (var pair in pairs)
        {
            // A control character takes six bytes in JSON, any other at most two more than in UTF-8.
            int own = Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value) + pair.Value.Sum(c => c < ' ' ? 5 : c is '"' or '\\' ? 1 : 0) + 32;
            if (part.Count == most || (part.Count > 0 && bytes + own > TrackingLimits.BatchBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(pair);
            bytes += own;
        }

        if (part.Count > 0) yield return part;
    }
}
