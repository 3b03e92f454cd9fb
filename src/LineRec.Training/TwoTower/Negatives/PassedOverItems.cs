namespace LineRec.Training;

/// <summary>What users were shown shortly before a moment and never chose.</summary>
/// <param name="log">The log with its impressions.</param>
/// <param name="chosen">What users chose; of the same users.</param>
/// <param name="within">How long before a moment what was shown counts.</param>
/// <remarks>Not thread-safe. Nothing of the log is copied.</remarks>
internal sealed class PassedOverItems(InteractionTable log, ChosenItems chosen, TimeSpan within)
{
    private readonly HashSet<int> _seen = [];
    private readonly List<int> _items = [];

    /// <summary>Finds them, distinct, the last shown first. O(events of the user within the time + events of the user before it was cut).</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="time">The moment in milliseconds since 1970; what was shown at that very time counts.</param>
    /// <returns>The items; valid until the next call.</returns>
    public List<int> At(int user, long time)
    {
        _items.Clear();
        _seen.Clear();
        _seen.UnionWith(chosen.Of(user));
        int first = log.Offsets[user], found = log.Times.AsSpan(first..log.Offsets[user + 1]).BinarySearch(time + 1);
        long from = time - (long)within.TotalMilliseconds;
        for (int at = first + (found < 0 ? ~found : found) - 1; at >= first && log.Times[at] >= from; at--)
        {
            if (log.Times[at] <= time && log.Types[at] == EventType.Impression && _seen.Add(log.Rows[at])) _items.Add(log.Rows[at]);
        }

        return _items;
    }
}
