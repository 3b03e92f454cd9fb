namespace LineRec;

/// <summary>Makes the cases of the quality protocol out of a log.</summary>
public static class EvaluationCases
{
    /// <summary>
    /// A case for each user with a target event before the window and one in it: what did they turn to in the window? Users whose targets are
    /// all excluded are left out.
    /// </summary>
    /// <param name="events">The log, events before, in and after the window; a negative row is an item that the catalog doesn't hold.</param>
    /// <param name="from">The window's inclusive start; histories end here.</param>
    /// <param name="to">The window's exclusive end.</param>
    /// <param name="discovery">Whether items with a target event before the window are neither targets nor may be shown (<see cref="EvaluationTask.Discovery"/>).</param>
    /// <param name="target">What counts as turning to an item. Default: a purchase.</param>
    /// <returns>The cases, in the order of the users; the bootstrap unit is the user's number.</returns>
    public static IReadOnlyList<EvaluationCase> FromWindow(
        InteractionTable events, DateTimeOffset from, DateTimeOffset to, bool discovery, EventType target = EventType.Purchase)
    {
        var cases = new List<EvaluationCase>();
        long start = from.ToUnixTimeMilliseconds(), end = to.ToUnixTimeMilliseconds();
        var (before, targets) = (new HashSet<int>(), new HashSet<int>());
        for (int user = 0; user < events.UserCount; user++)
        {
            before.Clear();
            targets.Clear();
            int first = events.Offsets[user], history = 0;
            for (int i = first; i < events.Offsets[user + 1]; i++)
            {
                if (events.Times[i] < start) history++;
                if (events.Types[i] != target || events.Times[i] >= end) continue;
                (events.Times[i] < start ? before : targets).Add(events.Rows[i]);
            }

            if (before.Count == 0 || targets.Count == 0) continue;
            if (discovery) targets.ExceptWith(before);
            if (targets.Count == 0) continue;
            cases.Add(new EvaluationCase
            {
                UserId = events.UserIds[user],
                Time = from,
                Targets = [.. targets.Where(r => r >= 0).Order()],
                UnknownTargets = targets.Count(r => r < 0),
                BootstrapUnit = user,
                ExcludedRows = discovery ? [.. before.Where(r => r >= 0).Order()] : [],
                HistoryRows = events.Rows.AsMemory(first, history),
                HistoryTypes = events.Types.AsMemory(first, history),
                HistoryTimes = events.Times.AsMemory(first, history),
            });
        }

        return cases;
    }

    /// <summary>A case for each event of a session after its first: which item comes next, given those before it?</summary>
    /// <param name="sessions">The sessions, one a user of the table; a negative row is an item that the catalog doesn't hold.</param>
    /// <param name="anchors">Names the item before the target as the case's anchor, by this catalog. Default: no anchors.</param>
    /// <returns>The cases; the bootstrap unit is the session's number.</returns>
    public static IReadOnlyList<EvaluationCase> NextClick(InteractionTable sessions, Catalog? anchors = null)
    {
        var cases = new List<EvaluationCase>();
        for (int session = 0; session < sessions.UserCount; session++)
        {
            int first = sessions.Offsets[session];
            for (int i = first + 1; i < sessions.Offsets[session + 1]; i++)
            {
                int target = sessions.Rows[i], last = sessions.Rows[i - 1];
                cases.Add(new EvaluationCase
                {
                    UserId = sessions.UserIds[session],
                    Time = DateTimeOffset.FromUnixTimeMilliseconds(sessions.Times[i]),
                    Targets = target >= 0 ? [target] : [],
                    UnknownTargets = target >= 0 ? 0 : 1,
                    BootstrapUnit = session,
                    AnchorItemIds = anchors is not null && last >= 0 ? [anchors.IdOf(last)] : [],
                    HistoryRows = sessions.Rows.AsMemory(first, i - first),
                    HistoryTypes = sessions.Types.AsMemory(first, i - first),
                    HistoryTimes = sessions.Times.AsMemory(first, i - first),
                });
            }
        }

        return cases;
    }
}
