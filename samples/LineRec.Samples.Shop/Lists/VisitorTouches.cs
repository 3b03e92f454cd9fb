using LineRec.Data;

namespace LineRec.Samples.Shop.Lists;

/// <summary>
/// What a visitor touched in earlier sessions: in this log a user is a session, and users.parquet names the visitor. A request sees what was before its own instant.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class VisitorTouches
{
    private const double MillisecondsPerHour = 3_600_000;

    private readonly InteractionTable _history;
    private readonly Dictionary<string, int[]> _otherSessions = new(StringComparer.Ordinal);

    /// <param name="history">What users did with items, impressions left out.</param>
    /// <param name="users">Names each user's visitor in the text column "visitor"; null or without that column, no user has other sessions.</param>
    public VisitorTouches(InteractionTable history, UserTable? users)
    {
        _history = history;
        if (users?.Find<TextColumn>("visitor") is not { } visitors) return;
        var numbers = history.UserIds.Index().ToDictionary(u => u.Item, u => u.Index, StringComparer.Ordinal);
        var sessions = users.Ids.ToArray().Index().Where(u => numbers.ContainsKey(u.Item)).GroupBy(u => visitors.Codes[u.Index], u => u.Item);
        foreach (var visitor in sessions.Where(g => g.Key >= 0))
        {
            string[] all = [.. visitor];
            foreach (string session in all) _otherSessions[session] = [.. all.Where(s => s != session).Select(s => numbers[s])];
        }
    }

    /// <summary>Proposes those of the page's items that the visitor touched in other sessions, with 1 / (1 + hours since).</summary>
    public ValueTask Propose(RequestContext context, CandidateSink sink, CancellationToken cancellationToken)
    {
        if (context.Request.UserId is not { } user || !_otherSessions.TryGetValue(user, out int[]? sessions)) return ValueTask.CompletedTask;
        foreach (int session in sessions)
        {
            for (int i = _history.Offsets[session]; i < _history.Offsets[session + 1] && _history.Times[i] < context.UnixMilliseconds; i++)
            {
                if (context.Anchors.Contains(_history.Rows[i])) sink.Add(_history.Rows[i], (float)(1 / (1 + ((context.UnixMilliseconds - _history.Times[i]) / MillisecondsPerHour))));
            }
        }

        return ValueTask.CompletedTask; // an item proposed twice counts with its better score, that is the newer touch
    }
}
