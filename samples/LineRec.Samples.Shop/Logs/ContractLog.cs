using LineRec.Data;

namespace LineRec.Samples.Shop.Logs;

/// <summary>A folder that is in LineRec's layout already. Its last tenth of days, one at least and 28 at most, is the test.</summary>
public sealed class ContractLog : ILogConverter
{
    /// <inheritdoc/>
    public string Dataset => "log";

    /// <inheritdoc/>
    public string Layout => "events.parquet or events/*.parquet, items.parquet, optional users.parquet and campaigns.parquet";

    /// <inheritdoc/>
    public bool Accepts(string directory) => ShopLog.IsLog(directory);

    /// <inheritdoc/>
    public ShopLogInfo Convert(string directory, string outDirectory)
    {
        var log = ShopLog.Open(directory);
        if (log.ReadTimeRange() is not { } range) throw new InvalidDataException($"'{directory}' holds no events.");
        var end = range.Last.AddMilliseconds(1);
        var window = TimeSpan.FromDays(Math.Clamp(Math.Round((end - range.First).TotalDays / 10), 1, 28));
        bool hasImpressions = log.ReadEvents(EventColumns.None).Any(b => b.Types.Contains(EventType.Impression));
        return new ShopLogInfo(Dataset, directory, end - window, end, ["discovery", "all"])
        {
            HasImpressions = hasImpressions,
            Summary = $"{log.Events.CountRows():n0} events, {log.ReadCatalog().Count:n0} items",
        };
    }
}
