namespace LineRec;

/// <summary>How often each item was turned to.</summary>
public static class ItemPopularity
{
    /// <summary>Counts events of one type by item. O(events).</summary>
    /// <param name="events">The events.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="type">The type that counts.</param>
    /// <returns>Events a row.</returns>
    public static double[] Count(InteractionTable events, int itemCount, EventType type)
    {
        var counts = new double[itemCount];
        for (int i = 0; i < events.Count; i++)
        {
            if (events.Types[i] == type && events.Rows[i] >= 0) counts[events.Rows[i]]++;
        }

        return counts;
    }
}
