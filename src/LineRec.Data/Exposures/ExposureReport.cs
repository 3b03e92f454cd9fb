namespace LineRec.Data;

/// <summary>What each placement was worth, by exposures and the events that carry their attribution ids.</summary>
/// <param name="Placements">All bundles together, by placement.</param>
/// <param name="Bundles">By placement and bundle.</param>
/// <param name="UnknownClicks">Clicked items of requests that aren't among the exposures: another log's, not sampled, or dropped.</param>
/// <param name="UnknownOrders">Purchases of such.</param>
public sealed record ExposureReport(IReadOnlyList<PlacementFigures> Placements, IReadOnlyList<PlacementFigures> Bundles, long UnknownClicks, long UnknownOrders)
{
    /// <summary>Joins exposures to what came of them. One pass over both; memory: the outcomes.</summary>
    /// <param name="exposures">The exposures.</param>
    /// <param name="outcomes">What came of them.</param>
    public static ExposureReport Create(IEnumerable<Exposure> exposures, RequestOutcomes outcomes)
    {
        var bundles = new Dictionary<(string Placement, string Bundle), PlacementFigures>();
        var joined = new HashSet<(string Request, string Item)>();
        foreach (var exposure in exposures)
        {
            var (clicks, orders, value) = (0L, 0L, 0.0);
            foreach (string item in exposure.ItemIds)
            {
                var outcome = outcomes.Of(exposure.RequestId, item);
                if (outcome == default) continue;
                joined.Add((exposure.RequestId, item));
                clicks += outcome.Clicks > 0 ? 1 : 0;
                orders += outcome.Orders;
                value += outcome.Value;
            }

            var key = (exposure.Placement, exposure.BundleVersion);
            var sum = bundles.GetValueOrDefault(key) ?? new PlacementFigures(exposure.Placement, exposure.BundleVersion, 0, 0, 0, 0, 0);
            bundles[key] = sum with { Requests = sum.Requests + 1, Impressions = sum.Impressions + exposure.Count, Clicks = sum.Clicks + clicks, Orders = sum.Orders + orders, Gmv = sum.Gmv + value };
        }

        PlacementFigures[] ordered = [.. bundles.Values.OrderBy(f => f.Placement, StringComparer.Ordinal).ThenBy(f => f.BundleVersion, StringComparer.Ordinal)];
        var unknown = outcomes.All.Where(o => !joined.Contains(o.Key)).Select(o => o.Value).ToList();
        return new ExposureReport([.. ordered.GroupBy(f => f.Placement).Select(Sum)], ordered, unknown.Count(o => o.Clicks > 0), unknown.Sum(o => (long)o.Orders));
    }

    private static PlacementFigures Sum(IGrouping<string, PlacementFigures> figures) =>
        new(figures.Key, null, figures.Sum(f => f.Requests), figures.Sum(f => f.Impressions), figures.Sum(f => f.Clicks), figures.Sum(f => f.Orders), figures.Sum(f => f.Gmv));
}
