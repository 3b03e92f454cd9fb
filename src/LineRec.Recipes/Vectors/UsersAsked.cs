namespace LineRec.Recipes;

/// <summary>Users whose vectors are asked for.</summary>
/// <param name="Users">The users, in the order of the rows.</param>
/// <param name="Data">The log that their histories are read from.</param>
/// <param name="Time">Only events before it count; null: all of the log's.</param>
internal sealed record UsersAsked(IReadOnlyList<string> Users, string Data, DateTimeOffset? Time);
