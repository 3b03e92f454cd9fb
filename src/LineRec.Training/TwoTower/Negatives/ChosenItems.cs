namespace LineRec.Training;

/// <summary>The items that users had any event with before a time, which are no own negatives of theirs.</summary>
/// <param name="events">What users did, without impressions.</param>
/// <param name="to">The end of the time that may be known, in milliseconds since 1970.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ChosenItems(InteractionTable events, long to)
{
    private readonly HashSet<int> _items = [];

    /// <summary>Those of a user; valid until the next call.</summary>
    public HashSet<int> Of(int user)
    {
        _items.Clear();
        for (int at = events.Offsets[user]; at < events.Offsets[user + 1] && events.Times[at] < to; at++) _items.Add(events.Rows[at]);
        return _items;
    }
}
