namespace LineRec;

/// <summary>One question of an offline evaluation: what would this user, at this instant, have been shown, and what did they turn to?</summary>
public sealed record EvaluationCase
{
    /// <summary>The user, or the session.</summary>
    public required string UserId { get; init; }

    /// <summary>The instant the answer is for; systems may know only what was before it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The catalog rows that the user turned to, each once.</summary>
    public required int[] Targets { get; init; }

    /// <summary>How many more items the user turned to that the catalog doesn't hold: they count as missed.</summary>
    public int UnknownTargets { get; init; }

    /// <summary>The unit that the bootstrap draws, by any number: cases of one session share it.</summary>
    public required int BootstrapUnit { get; init; }

    /// <summary>The items that the page is about.</summary>
    public IReadOnlyList<string> AnchorItemIds { get; init; } = [];

    /// <summary>Rows that no system may show, ascending (task discovery: what the user bought before).</summary>
    public int[] ExcludedRows { get; init; } = [];

    /// <summary>The rows of the user's events before <see cref="Time"/>, oldest first; negative for an item that the catalog doesn't hold.</summary>
    public ReadOnlyMemory<int> HistoryRows { get; init; }

    /// <summary>The types of those events.</summary>
    public ReadOnlyMemory<EventType> HistoryTypes { get; init; }

    /// <summary>The times of those events in milliseconds since 1970-01-01 UTC.</summary>
    public ReadOnlyMemory<long> HistoryTimes { get; init; }
}
