namespace LineRec;

/// <summary>One thing that a user did with an item, as a host posts it to <see cref="IUserHistoryStore"/>.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Type">What the user did.</param>
/// <param name="Time">When; only the instant counts, not the offset.</param>
public readonly record struct UserEvent(string UserId, string ItemId, EventType Type, DateTimeOffset Time);
