namespace LineRec.Data;

/// <summary>Some of a user's loyalty points.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Balance">How many points, finite and 0 or more.</param>
/// <param name="ExpiresAt">When they expire; null for never.</param>
public sealed record UserPointsLot(string UserId, float Balance, DateTimeOffset? ExpiresAt);
