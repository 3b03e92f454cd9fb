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
    public static ServedLog Open(string bundle, string? data, RecipeSettings settings, IEnumerable<string> placements) =>
        new(OfflineRecommender.Open(bundle, Enum.Parse<EventType>(settings.Target, ignoreCase: true), Histories(data), placements, rules: true), data is null ? null : EndOf(data));

    /// <summary>The histories of a log's users.</summary>
    /// <param name="data">The log's folder; null: nobody has a history.</param>
    /// <param name="to">Events at or after it are left out; null: all count.</param>
    /// <param name="users">The users; null: all of the log's.</param>
    public static InMemoryUserHistoryStore Histories(string? data, DateTimeOffset? to = null, IReadOnlySet<string>? users = null)
    {
        var histories = new InMemoryUserHistoryStore();
        if (data is null) return histories;
        var log = ShopLog.Open(data);
        var catalog = log.ReadCatalog();
        histories.Load(log.ReadInteractions(catalog, to: to, users: users), catalog);
        return histories;
    }

    /// <summary>The instant after a log's last event; null where it has none.</summary>
    public static DateTimeOffset? EndOf(string data) => ShopLog.Open(data).ReadTimeRange()?.Last.AddMilliseconds(1);

    /// <summary>Answers a request and tells how.</summary>
    public Explanation Explain(RecommendationRequest request, CancellationToken cancellationToken) => _recommender.ExplainAsync(request, cancellationToken).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _recommender.Dispose();
}
