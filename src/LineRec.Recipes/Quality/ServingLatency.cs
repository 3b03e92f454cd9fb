namespace LineRec.Recipes;

/// <summary>How long requests take in this process, one at a time, over the placements in turn.</summary>
internal static class ServingLatency
{
    private const int Requests = 1_000, WarmUps = 100;

    /// <summary>Measures a bundle with users of the log.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="data">The log.</param>
    /// <param name="run">What the run is about.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The 99th percentile of whole requests.</returns>
    public static TimeSpan Percentile99(string bundle, RunData data, PipelineRun run, CancellationToken cancellationToken)
    {
        var histories = new InMemoryUserHistoryStore();
        histories.Load(data.History, data.Catalog);
        string[] placements = [.. ShopPlacements.Ranked];
        using var recommender = OfflineRecommender.Open(bundle, Enum.Parse<EventType>(run.Settings.Target, ignoreCase: true), histories, placements, rules: true);
        var users = new Random(run.Settings.Seed);
        var took = new List<TimeSpan>();
        for (int i = -WarmUps; i < Requests; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new RecommendationRequest { Placement = placements[(i + WarmUps) % placements.Length], UserId = data.History.UserIds[users.Next(data.History.UserCount)], Time = run.Split, Seed = 1 };
            var answer = recommender.RecommendAsync(request, cancellationToken);
            var slate = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
            if (i >= 0) took.Add(slate.Timings.Total);
        }

        took.Sort();
        return took[(int)(0.99 * Requests) - 1];
    }
}
