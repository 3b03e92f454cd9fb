using System.Globalization;
using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>The log of a run, up to its end; each part is read when a step first asks.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RunData
{
    private readonly PipelineRun _run;
    private readonly Lazy<ShopLog> _log;
    private readonly Lazy<Catalog> _catalog;
    private readonly Lazy<InteractionTable> _events;
    private readonly Lazy<InteractionTable> _history;
    private readonly Lazy<string> _fingerprint;

    public RunData(PipelineRun run)
    {
        _run = run;
        _log = new(() => ShopLog.Open(run.Data));
        _catalog = new(() => Log.ReadCatalog());
        _events = new(() => Log.ReadInteractions(Catalog, [.. Enum.GetValues<EventType>().Except([EventType.Search])], to: run.End));
        _history = new(() => Events.Without(EventType.Impression));
        _fingerprint = new(() => LogFingerprint.Of(run.Data, run.Date));
    }

    public ShopLog Log => _log.Value;

    public Catalog Catalog => _catalog.Value;

    /// <summary>All events but searches.</summary>
    public InteractionTable Events => _events.Value;

    /// <summary>All events but searches and impressions.</summary>
    public InteractionTable History => _history.Value;

    /// <summary>The hash of the log up to the run's date.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>An instant as folders name it.</summary>
    public static string Stamp(DateTimeOffset asOf) => asOf.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>How the log is split and judged.</summary>
    /// <param name="profile">What the step profile found.</param>
    public ShopDataset Dataset(LogProfile profile) => Dataset(profile.HasImpressions);

    /// <summary>How the log is split and judged.</summary>
    /// <param name="hasImpressions">Whether it has impressions; judging alone doesn't look at that.</param>
    public ShopDataset Dataset(bool hasImpressions)
    {
        var window = TimeSpan.FromDays(_run.Settings.WindowDays);
        return new ShopDataset
        {
            Name = "log",
            Directory = _run.Data,
            Split = _run.Split,
            Window = window,
            Tasks = [_run.Settings.Task],
            Target = Enum.Parse<EventType>(_run.Settings.Target, ignoreCase: true),
            HasImpressions = hasImpressions,
            LearningWindows = _run.Settings.LearningWindows,
        };
    }

    /// <summary>The instants up to which retrieval is trained: before each window that rankers learn from, and before the test. Ascending.</summary>
    public static IReadOnlyList<DateTimeOffset> Instants(ShopDataset dataset) =>
        [.. Enumerable.Range(0, dataset.LearningWindows + 1).Select(i => dataset.Split - ((dataset.LearningWindows - i) * dataset.Window))];
}
