using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>A bundle's placements with the histories of a log's users, to ask single questions.</summary>
internal sealed class ServedLog : IDisposable
{
    private readonly Recommender _recommender;

    private ServedLog(Recommender recommender, DateTimeOffset? end) => (_recommender, End) = (recommender, end);

    /// <summary>Just after the log's last event; null without a log.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Opens a bundle.</summary>
    /// <param name="bundle">A bundle's folder, or a root.</param>
    /// <param name="data">The log's folder; null: nobody has a history.</param>
    /// <param name="settings">Say what counts as turning to an item.</param>
    /// <param name="placements">The placements.</param>
    public static ServedLog Open(string bundle, string? data, RecipeSettings settings, IEnumerable<string> placements)
    {
        var (histories, end) = Histories(data);
        return new ServedLog(OfflineRecommender.Open(bundle, Enum.Parse<EventType>(settings.Target, ignoreCase: true), histories, placements, rules: true), end);
    }

    /// <summary>The histories of a log's users, and the instant after its last event.</summary>
    public static (InMemoryUserHistoryStore Histories, DateTimeOffset? End) Histories(string? data)
    {
        var histories = new InMemoryUserHistoryStore();
        if (data is null) return (histories, null);
        var log = ShopLog.Open(data);
        var catalog = log.ReadCatalog();
        histories.Load(log.ReadInteractions(catalog), catalog);
        return (histories, log.ReadTimeRange()?.Last.AddMilliseconds(1));
    }

    /// <summary>Answers a request and tells how.</summary>
    public Explanation Explain(RecommendationRequest request, CancellationToken cancellationToken) => _recommender.ExplainAsync(request, cancellationToken).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _recommender.Dispose();
}
