using LineRec.Simulation;

namespace LineRec.Recipes;

/// <summary>A bundle that answers a simulated shop's placements, as a host would, and logs what it showed.</summary>
internal sealed class SimulatedServing : IDisposable
{
    private const int MaxWaiting = 1_000_000; // a simulated day is over faster than a real host's second

    private readonly ExposureLog _exposures;
    private readonly Recommender _recommender;

    private SimulatedServing(ExposureLog exposures, Recommender recommender, IUserHistoryStore histories, IReadOnlySet<string> placements) =>
        (_exposures, _recommender, Serving) = (exposures, recommender, new ShopServing(recommender, histories, placements));

    /// <summary>What the simulation asks.</summary>
    public ShopServing Serving { get; }

    /// <summary>Opens a bundle for the placements that it has rankers for.</summary>
    /// <param name="bundle">A bundle's folder, or a root: its current bundle.</param>
    /// <param name="log">The simulated log so far.</param>
    /// <param name="target">What counts as turning to an item.</param>
    /// <param name="segments">The folder for the exposure log's segments.</param>
    /// <exception cref="BundleException">The bundle is damaged, or no bundle.</exception>
    public static SimulatedServing Open(string bundle, string log, EventType target, string segments)
    {
        HashSet<string> placements;
        using (var snapshot = BundleReader.Open(bundle, verify: false)) placements = [.. ShopPlacements.RankersOf(snapshot).Where(r => r != ShopPlacements.NextEvent)];
        var histories = ServedLog.Histories(log);
        var exposures = new ExposureLog(new ExposureLogOptions { Folder = segments, MaxWaiting = MaxWaiting });
        try
        {
            return new SimulatedServing(exposures, OfflineRecommender.Open(bundle, target, histories, placements, rules: true, exposures), histories, placements);
        }
        catch
        {
            exposures.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _recommender.Dispose();
        _exposures.Dispose(); // writes what waits
    }
}
