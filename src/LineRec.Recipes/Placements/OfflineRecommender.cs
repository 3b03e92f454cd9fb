namespace LineRec.Recipes;

/// <summary>A bundle's placements in this process, without a host and without deadlines.</summary>
internal static class OfflineRecommender
{
    /// <summary>Opens a bundle and links placements to it.</summary>
    /// <param name="bundle">A bundle's folder, or a root: its current bundle.</param>
    /// <param name="target">What counts as turning to an item.</param>
    /// <param name="histories">The users' events.</param>
    /// <param name="placements">The placements.</param>
    /// <param name="rules">Whether the rules behind the rankers are there, too.</param>
    /// <param name="exposures">Is told what was shown; null: nobody.</param>
    /// <returns>The recommender; it owns the bundle.</returns>
    /// <exception cref="BundleException">The bundle is damaged, or no bundle.</exception>
    public static Recommender Open(string bundle, EventType target, IUserHistoryStore histories, IEnumerable<string> placements, bool rules, ExposureLog? exposures = null)
    {
        var snapshot = BundleReader.Open(bundle);
        var builder = new RecommenderBuilder(new CaptureServices()).UseHistories(histories);
        new ShopPlacements(target, snapshot.Catalog).AddOffline(builder, placements, ShopPlacements.RankersOf(snapshot), rules);
        if (exposures is not null) builder.UseExposureLog(exposures);
        return builder.Build(snapshot);
    }
}
