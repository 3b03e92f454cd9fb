namespace LineRec.Samples.Shop.Logs;

/// <summary>What a converted log is and how it is evaluated.</summary>
/// <param name="Dataset">Its name: "online-retail", …</param>
/// <param name="Directory">The folder in LineRec's layout.</param>
/// <param name="SplitAt">Models see only what is before it.</param>
/// <param name="EndsAt">Just after the last event.</param>
/// <param name="Tasks">The tasks of the evaluation: "discovery", "all", "next_click", "lists".</param>
public sealed record ShopLogInfo(string Dataset, string Directory, DateTimeOffset SplitAt, DateTimeOffset EndsAt, IReadOnlyList<string> Tasks)
{
    /// <summary>How long the test is; validation is the window of equal length before the split.</summary>
    public TimeSpan Window => EndsAt - SplitAt;

    /// <summary>Whether a user of the log is one session; then a session belongs to the side of the split on which it begins.</summary>
    public bool UsersAreSessions { get; init; }

    /// <summary>Whether the log holds impressions, so that rankers can learn clicks.</summary>
    public bool HasImpressions { get; init; }

    /// <summary>For people: what the log is and what was left out of it.</summary>
    public string Summary { get; init; } = "";
}
