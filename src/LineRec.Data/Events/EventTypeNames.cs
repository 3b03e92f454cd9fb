namespace LineRec.Data;

/// <summary>The names of event types in the events table's column event_type.</summary>
public static class EventTypeNames
{
    private static readonly string[] Names = ["impression", "click", "cart", "purchase", "favourite", "search"];

    /// <summary>All names, by the type's numeric value.</summary>
    public static ReadOnlySpan<string> All => Names;

    /// <summary>The name of a type.</summary>
    /// <param name="type">A defined type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type isn't defined.</exception>
    public static string Of(EventType type) => (int)type < Names.Length
        ? Names[(int)type]
        : throw new ArgumentOutOfRangeException(nameof(type), type, $"Not an event type; there are {string.Join(", ", Names)}.");

    /// <summary>Finds the type of a name.</summary>
    /// <param name="name">The name, lower case.</param>
    /// <param name="type">Its type.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out EventType type)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (!name.SequenceEqual(Names[i])) continue;
            type = (EventType)i;
            return true;
        }

        type = default;
        return false;
    }
}
