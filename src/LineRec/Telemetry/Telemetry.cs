using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LineRec;

/// <summary>LineRec's one ActivitySource and one Meter, both named <see cref="Name"/>; all but bundle swaps and the exposure log is tagged by placement.</summary>
internal static class Telemetry
{
    public const string Name = "LineRec";
    public const string PlacementTag = "linerec.placement";

    /// <summary>Why an exposure wasn't logged: the writer had fallen behind, or was ending.</summary>
    public const string WriterBehind = "full";

    /// <summary>Why an exposure wasn't logged: its batch couldn't be written.</summary>
    public const string DiskFailed = "disk";

    private const string StageTag = "linerec.stage";
    private const string ComponentTag = "linerec.component";
    private const string ErrorTag = "error.type";
    private const string ReasonTag = "linerec.reason";

    private static readonly string[] StageNames = ["retrieve", "filter", "rank", "rerank"];

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Requests = Meter.CreateHistogram<double>("linerec.request.duration", "s", "How long requests took.");
    private static readonly Histogram<double> Stages = Meter.CreateHistogram<double>("linerec.stage.duration", "s", "How long each stage of a request took.");
    private static readonly Histogram<int> Items = Meter.CreateHistogram<int>("linerec.slate.items", "{item}", "How many items slates had.");
    private static readonly Counter<long> Degradations = Meter.CreateCounter<long>("linerec.degradations", "{degradation}", "What answers lacked.");
    private static readonly Counter<long> Removed = Meter.CreateCounter<long>("linerec.filter.removed", "{candidate}", "Candidates that a filter removed.");
    private static readonly Counter<long> NaNScores = Meter.CreateCounter<long>("linerec.scores.nan", "{candidate}", "Scores that were NaN and sank to the bottom.");
    private static readonly Counter<long> Swaps = Meter.CreateCounter<long>("linerec.bundle.swaps", "{swap}", "Bundles that took over.");
    private static readonly Counter<long> Written = Meter.CreateCounter<long>("linerec.exposures.written", "{request}", "Requests that the exposure log holds.");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("linerec.exposures.dropped", "{request}", "Requests that the exposure log had to leave out.");

    public static Activity? Start(LinkedPlacement placement)
    {
        var activity = Source.StartActivity("linerec.recommend");
        activity?.SetTag(PlacementTag, placement.Name);
        return activity;
    }

    public static void Answered(LinkedPlacement placement, Slate slate, Activity? activity)
    {
        if (Requests.Enabled) Requests.Record(slate.Timings.Total.TotalSeconds, placement.Tag);
        if (Items.Enabled) Items.Record(slate.Items.Count, placement.Tag);
        if (Stages.Enabled)
        {
            Record(placement, FunnelStage.Retrieve, slate.Timings.Retrieve);
            Record(placement, FunnelStage.Filter, slate.Timings.Filter);
            Record(placement, FunnelStage.Rank, slate.Timings.Rank);
            Record(placement, FunnelStage.ReRank, slate.Timings.ReRank);
        }

        if (activity is null) return;
        activity.SetTag("linerec.items", slate.Items.Count);
        activity.SetTag("linerec.bundle", slate.BundleVersion);
        activity.SetTag("linerec.degradations", slate.Degradations.Count);
    }

    /// <summary>A request that ends in an exception: counted among the durations with the exception's type, and the span says so.</summary>
    public static void Failed(LinkedPlacement placement, TimeSpan took, Exception exception, Activity? activity)
    {
        string type = exception.GetType().FullName!;
        if (Requests.Enabled) Requests.Record(took.TotalSeconds, placement.Tag, new(ErrorTag, type));
        activity?.SetTag(ErrorTag, type);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    /// <summary>A span of one stage; null where nobody listens.</summary>
    public static Activity? StartStage(LinkedPlacement placement, FunnelStage stage)
    {
        if (!Source.HasListeners()) return null;
        var activity = Source.StartActivity("linerec." + StageNames[(int)stage]);
        activity?.SetTag(PlacementTag, placement.Name);
        return activity;
    }

    public static void Degraded(LinkedPlacement placement, Degradation degradation)
    {
        if (!Degradations.Enabled) return;
        Degradations.Add(1, placement.Tag, new(StageTag, StageNames[(int)degradation.Stage]), new(ComponentTag, degradation.Component), new(ReasonTag, degradation.Reason.ToString()));
    }

    public static void Filtered(LinkedPlacement placement, string filter, int removed)
    {
        if (removed > 0 && Removed.Enabled) Removed.Add(removed, placement.Tag, new(ComponentTag, filter));
    }

    public static void NotANumber(LinkedPlacement placement, string ranker, int count)
    {
        if (NaNScores.Enabled) NaNScores.Add(count, placement.Tag, new(ComponentTag, ranker));
    }

    public static void Swapped(string version) => Swaps.Add(1, new KeyValuePair<string, object?>("linerec.bundle", version));

    public static void ExposuresWritten(int requests) => Written.Add(requests);

    public static void ExposuresDropped(int requests, string reason) => Dropped.Add(requests, new KeyValuePair<string, object?>(ReasonTag, reason));

    private static void Record(LinkedPlacement placement, FunnelStage stage, TimeSpan took) =>
        Stages.Record(took.TotalSeconds, placement.Tag, new(StageTag, StageNames[(int)stage]));
}
