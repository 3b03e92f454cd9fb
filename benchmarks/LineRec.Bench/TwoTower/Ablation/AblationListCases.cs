namespace LineRec.Bench.TwoTower;

/// <summary>The questions of a log of shown lists: which of all items does a session choose from its next list, given what it touched before?</summary>
internal static class AblationListCases
{
    /// <summary>A case for each choice (a cart event: it leads away from the list) of the sessions that begin in a window, if anything was touched before it.</summary>
    /// <param name="events">The log without impressions; a user is a session.</param>
    /// <param name="from">The window's inclusive start.</param>
    /// <param name="to">The window's exclusive end.</param>
    /// <param name="onlyNew">Whether items that the session touched before are neither targets nor may be found.</param>
    public static IReadOnlyList<EvaluationCase> Find(InteractionTable events, DateTimeOffset from, DateTimeOffset to, bool onlyNew)
    {
        var cases = new List<EvaluationCase>();
        long start = from.ToUnixTimeMilliseconds(), end = to.ToUnixTimeMilliseconds();
        for (int session = 0; session < events.UserCount; session++)
        {
            int first = events.Offsets[session], last = events.Offsets[session + 1];
            if (first == last || events.Times[first] < start) continue;
            for (int at = first; at < last && events.Times[at] < end; at++)
            {
                if (events.Types[at] != EventType.Cart) continue;
                int history = events.Times.AsSpan(first..at).IndexOf(events.Times[at]) is >= 0 and var same ? same : at - first; // the click of the same instant isn't known yet
                var touched = events.Rows.AsMemory(first, history);
                if (history == 0 || (onlyNew && touched.Span.Contains(events.Rows[at]))) continue;
                cases.Add(new EvaluationCase
                {
                    UserId = events.UserIds[session],
                    Time = DateTimeOffset.FromUnixTimeMilliseconds(events.Times[at]),
                    Targets = [events.Rows[at]],
                    BootstrapUnit = session,
                    ExcludedRows = onlyNew ? [.. touched.ToArray().Distinct().Order()] : [],
                    HistoryRows = touched,
                    HistoryTypes = events.Types.AsMemory(first, history),
                    HistoryTimes = events.Times.AsMemory(first, history),
                });
            }
        }

        return cases;
    }
}
